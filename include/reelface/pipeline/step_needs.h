// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "reelface/image/frame.h"

namespace reelface {

/// How far something looks in time: as far as both of these say. The reaches of steps that follow each other add up.
struct Reach {
  double seconds = 0;
  std::int64_t frames = 0;

  bool is_none() const { return seconds <= 0 && frames <= 0; }
};

/// Bytes of one frame's samples.
std::int64_t bytes_of_frame(const FrameFacts& facts);

/// What a step holds besides the frames themselves.
struct StepMemory {
  /// Networks and the like, in bytes by name. What several steps share has one name and counts once.
  std::map<std::string, std::int64_t> loaded{};
  /// For each frame between reading and writing; given what the frame is like when it comes to the step. Empty:
  /// nothing.
  std::function<std::int64_t(const FrameFacts&)> bytes_per_frame{};
  /// While it works on frames like this, on so many threads. Empty: nothing to speak of.
  std::function<std::int64_t(const FrameFacts&, int threads)> bytes_at_work{};
};

/// What a step says about itself, so that planning needs to know the line only, and nothing about any step. The default
/// is that of a step that looks at each frame alone and leaves its size as it is.
struct StepNeeds {
  std::string reason{};  ///< what it is there for, in a few words for people
  Reach back{};          ///< frames before that a result depends on …
  Reach ahead{};         ///< … and frames behind
  /// Of those before, the ones that all steps before this one must have worked on; of frames farther back, what those
  /// steps have marked as due is enough. Empty: all of them.
  std::optional<Reach> back_in_full{};
  bool stops_at_cut = false;           ///< nothing is remembered across a cut
  std::int64_t frames_around_cut = 0;  ///< what it takes to either side to find a cut; 0: it looks for none
  std::size_t groups_held = 0;         ///< at most; a look-ahead step's. The graph's limit is raised by it
  StepMemory memory{};
  std::function<FrameFacts(const FrameFacts&)> facts_out{};  ///< what frames are like behind it; empty: as before it
  bool needs_original = false;                               ///< FrameJob::original is there for it
  bool restores = false;  ///< what it makes must not be mistaken for an original: the output's comment says so
};

}  // namespace reelface
