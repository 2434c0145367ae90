// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "reelface/restore/option_table.h"
#include "studio/http/http_message.h"
#include "studio/jobs/job_queue.h"

namespace reelface {

/// What the page is told of jobs, and how it changes them. Thread-safety: safe.
class JobAnswers {
 public:
  /// `queue` outlives this. `words_of` says settings as the command line does.
  JobAnswers(JobQueue& queue, std::function<std::string(const SpelledOptions&)> words_of)
      : queue_(queue), words_of_(std::move(words_of)) {}

  HttpAnswer jobs() const;
  HttpAnswer change(const std::string& body);
  /// A picture of the frame that a job has restored last.
  HttpAnswer newest(const HttpHead& head) const;
  /// The page that a comparison has written.
  HttpAnswer comparison(const HttpHead& head) const;

 private:
  JobQueue& queue_;
  std::function<std::string(const SpelledOptions&)> words_of_;
};

}  // namespace reelface
