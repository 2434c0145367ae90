// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reelface/restore/film_segments.h"
#include "reelface/restore/option_table.h"
#include "studio/chosen_people.h"

namespace reelface {

enum class JobState {
  kWaiting,
  kRunning,
  kStopped,  ///< by somebody; what is done is kept
  kDone,
  kFailed,
};

/// "waiting"
const char* name_of(JobState state);

/// A film that is to be restored, or held against what was made of it.
struct Job {
  std::int64_t number = 0;
  std::string film;  ///< these three inside the studio's folder
  std::string output;
  std::string restored;     ///< what the film is compared with, on a page; empty: it is restored
  SpelledOptions settings;  ///< files in them are named from the system's root
  FilmSegments segments;    ///< as are those in these
  TrackedPeople people;     ///< of the film, who is restored
  JobState state = JobState::kWaiting;
  std::int64_t process = 0;       ///< while it runs
  std::string reason;             ///< of a failure
  std::vector<std::string> told;  ///< once it is done, what the report says, for people
  std::int64_t place = 0;         ///< in the queue: the lowest comes first

  bool is_comparison() const { return !restored.empty(); }
};

/// As a file holds it. job_from_text() throws Error(kUsage) for what to_text() has not written.
std::string to_text(const Job& job);
Job job_from_text(const std::string& text);

/// Whether a file of this name is one picture, by its ending; everything else is a film.
bool is_picture_name(const std::string& name);

/// How far a running job is, from the last whole line of `--progress json` in what it has written to stderr.
struct JobProgress {
  std::int64_t frames = 0;
  std::int64_t frames_expected = 0;  ///< 0 = unknown
  double frames_per_second = 0;
  double seconds_left = -1;  ///< below 0: unknown
};
JobProgress progress_in(const std::string& log);

/// What a report of `restore` tells, in a few lines; none for what is no report.
std::vector<std::string> lines_of_report(const std::string& report);

/// What the program has said besides: its last message, and what to try.
std::string complaint_in(const std::string& log);

}  // namespace reelface
