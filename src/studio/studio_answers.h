// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "studio/films/open_films.h"
#include "studio/films/previewer.h"
#include "studio/http/http_message.h"
#include "studio/job_answers.h"
#include "studio/jobs/job_queue.h"
#include "studio/people_answers.h"
#include "studio/root_folder.h"
#include "studio/routes.h"
#include "studio/studio.h"

namespace reelface {

/// What the page is answered, once it may ask. Thread-safety: safe.
class StudioAnswers {
 public:
  explicit StudioAnswers(const StudioSetup& setup);

  /// Never throws: what went wrong is the answer.
  HttpAnswer answer(const HttpHead& head, const std::string& body);

  /// Ends what is computed, so that nobody waits for it.
  void stop() { previewer_.stop(); }

  /// Whether films are being restored that go on when this ends.
  bool is_any_job_running() const { return jobs_.is_any_running(); }
  void stop_jobs() { jobs_.stop_running(); }

 private:
  HttpAnswer answer_to(Route route, const HttpHead& head, const std::string& body);
  HttpAnswer start() const;
  HttpAnswer folder(const HttpHead& head) const;
  HttpAnswer open(const std::string& body);
  HttpAnswer film(const HttpHead& head);
  HttpAnswer thumb(const HttpHead& head);
  HttpAnswer picture(const std::string& body, bool is_restored);
  HttpAnswer loop(const std::string& body);
  HttpAnswer loop_picture(const HttpHead& head) const;
  HttpAnswer command(const std::string& body);
  HttpAnswer add_job(const std::string& body);

  template <class Asked>
  RestoreOptions checked_options(const Asked& asked);
  std::string people_words(const FaceOptions& faces) const;
  std::string shown_path(const std::string& path) const;

  StudioSetup setup_;
  RootFolder root_;
  std::string first_film_;  ///< inside the root; empty: none
  OpenFilms films_;
  PeopleAnswers people_{films_, root_};
  Previewer previewer_;
  JobQueue jobs_;
  JobAnswers job_answers_{jobs_, setup_.words_of};
};

}  // namespace reelface
