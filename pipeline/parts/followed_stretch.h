// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "reelface/parts/film_plan.h"
#include "reelface/pipeline/line.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// The step behind which faces are followed. What comes before it - reading, whole pictures, looking for faces - takes
/// most of the time that a single frame takes, and does not depend on how faces are restored and pasted.
inline constexpr const char* kFollowingStep = "track";

/// Everything in `options` that decides what frames are like behind that step, and the film's name.
std::string settings_of_following(const RestoreOptions& options);

/// The frames of one stretch as they are there, kept to be restored once more with other settings. For one thread.
class FollowedStretch {
 public:
  /// A stretch of more bytes is not kept.
  explicit FollowedStretch(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  /// Adds a step to `line` that keeps what `needed` reads. It is held once complete() says that all has come by.
  void keep(const std::string& settings, const PlannedPart& needed, Line& line);
  void complete() { is_complete_ = !has_failed_; }

  /// Whether what `line`, the steps behind the following one, needs for `needed` is there.
  bool holds(const std::string& settings, const PlannedPart& needed, const Line& line) const;

  /// What is held, each time anew. Outlived by this.
  std::unique_ptr<FrameSource> source() const;

 private:
  void note(const FrameGroup& group);
  void forget();

  std::size_t most_bytes_;
  std::string settings_;
  PlannedPart needed_;
  std::vector<FrameGroup> groups_;
  std::size_t bytes_ = 0;
  bool has_failed_ = false;  ///< there is too much of it, or some of it cannot be had twice
  bool is_complete_ = false;
};

}  // namespace reelface
