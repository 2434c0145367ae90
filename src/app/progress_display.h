// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdio>
#include <string>

#include "reelface/restore/restore_video.h"

namespace reelface {

enum class ProgressStyle { kAuto, kBar, kPlain, kJson, kNone };

/// One line about how far a run is: for a terminal, for a log, or for a program. Writes to stderr, because stdout may
/// carry the film.
class ProgressDisplay {
 public:
  ProgressDisplay(ProgressStyle style, std::FILE* out);
  ~ProgressDisplay();

  void show(const RestoreProgress& progress);
  void finish(const RestoreProgress& progress);  ///< the last line

 private:
  bool is_due() const;
  void write_line(const RestoreProgress& progress, bool is_last);

  ProgressStyle style_;
  std::FILE* out_;
  bool line_is_open_ = false;
  std::chrono::steady_clock::time_point last_{};
};

std::string progress_text(const RestoreProgress& progress);
std::string final_progress_text(const RestoreProgress& progress);  ///< nothing is left, so nothing is guessed
std::string progress_json(const RestoreProgress& progress, bool is_last);

}  // namespace reelface
