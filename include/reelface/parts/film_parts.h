// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "reelface/parts/film_plan.h"
#include "reelface/restore/restore_video.h"

namespace reelface {

/// Names of the files in a plan's folder.
std::string part_path(const std::string& folder, std::size_t part);

struct PartReport {
  bool was_there = false;  ///< a good one had been made before: nothing was done
  std::int64_t frames = 0;
  FaceCount faces;
  std::string fallback;  ///< from which frame on something else restored, and what; empty as a rule
  double wall_seconds = 0;
};

/// Makes one part, whole or not at all; does nothing if a good one is there. Any number of processes may make parts of
/// one folder at the same time, the same part included. `options` are those of the plan; the device and the threads may
/// differ. Without `models` they are loaded. What went wrong is noted in the folder and thrown; Error(kInterrupted)
/// when `cancel` asks to stop, after which nothing of the part is kept.
PartReport make_part(const std::string& folder, const FilmPlan& plan, const RestoreOptions& options, std::size_t part,
                     const std::shared_ptr<const FaceModels>& models = {}, const ProgressCallback& on_progress = {},
                     const CancelToken* cancel = nullptr);

/// What a film costs on machines like this one, judged by a few seconds of it. Wall time with all threads it was given.
struct CostEstimate {
  double frames_per_second = 0;     ///< in the middle of a part
  double start_seconds = 0;         ///< of each part: the program's start, the models, the warm-up
  double seconds_of_all_parts = 0;  ///< one after the other
  std::string device;
};

/// Restores a few stretches of the film for trial; nothing of them is kept. Throws as make_part() does.
CostEstimate estimate_cost(const std::string& folder, const FilmPlan& plan, const RestoreOptions& options,
                           const CancelToken* cancel = nullptr);

/// A part that join_film() cannot use, and why.
struct UnusablePart {
  std::size_t part = 0;
  std::string reason;
};

/// Reads every part from end to end.
std::vector<UnusablePart> unusable_parts(const std::string& folder, const FilmPlan& plan);

/// Puts the parts together and publishes the output. Throws Error(kTryAgain) that names the parts which are missing or
/// damaged, Error(kInputUnreadable) when the input has changed.
RestoreReport join_film(const std::string& folder, const FilmPlan& plan, const RestoreOptions& options,
                        const CancelToken* cancel = nullptr);

enum class PartState { kMissing, kRunning, kDone, kFailed };

struct PartStatus {
  std::size_t part = 0;
  PartState state = PartState::kMissing;
  std::int64_t frames = 0;
  std::int64_t frames_done = 0;     ///< of a running part
  std::int64_t faces_restored = 0;  ///< of a finished part, as is the next
  double wall_seconds = 0;
  std::string worker;  ///< host and process
  std::string reason;  ///< of a failure
};

struct FilmStatus {
  std::vector<PartStatus> parts;
  std::int64_t frames = 0, frames_done = 0;
  double frames_per_second = 0;  ///< of all that are running, judged by the parts that are done; 0 = unknown
  double seconds_left = 0;       ///< with as many workers as now; 0 = unknown

  std::size_t count(PartState state) const;
};

/// Looks at the folder; reads no packets.
FilmStatus status_of(const std::string& folder, const FilmPlan& plan);

}  // namespace reelface
