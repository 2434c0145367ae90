#pragma once

#include <cstdint>
#include <string>

#include "reelface/restore/option_table.h"

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

/// A film that is to be restored.
struct Job {
  std::int64_t number = 0;
  std::string film;  ///< both inside the studio's folder
  std::string output;
  SpelledOptions settings;  ///< files in them are named from the system's root
  JobState state = JobState::kWaiting;
  std::int64_t process = 0;  ///< while it runs
  std::string reason;        ///< of a failure
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

/// What the program has said besides: its last message, and what to try.
std::string complaint_in(const std::string& log);

}  // namespace reelface
