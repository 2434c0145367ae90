// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "reelface/core/rgb_image.h"
#include "reelface/image/frame.h"

namespace reelface {

/// What it takes to either side to find a cut: it is decided with four frames before and three behind.
inline constexpr std::int64_t kFramesAroundCut = 8;

struct ShotDecision {
  std::int64_t frame_index = 0;
  bool starts_shot = false;  ///< the first frame of a film or part always does
};

/// Finds hard cuts. Compares each frame with the one before, block by block with brightness taken out and pans
/// followed, and by colour histogram. A flash, a blank or a foreign insert of up to three frames is no cut: the
/// pictures before and after are compared as well, which is why decisions come kLookAheadFrames late. Fades and
/// dissolves are no cuts.
///
/// Finite memory: a decision depends on kLookAheadFrames frames to either side, and only whether the very first frame
/// starts a shot depends on where the film was entered.
/// Thread-safety: none; one owner, frames in order.
class ShotCutDetector {
 public:
  static constexpr int kLookAheadFrames = 3;

  ShotCutDetector();
  ~ShotCutDetector();
  ShotCutDetector(ShotCutDetector&&) noexcept;
  ShotCutDetector& operator=(ShotCutDetector&&) noexcept;

  /// A copy of the frame, small (the detector's is fine; it is shrunk to less than 100 px here). `stored`: how the
  /// frame's own picture was; one of another size or place starts a shot whatever it shows.
  std::vector<ShotDecision> push(std::int64_t frame_index, RgbView8 picture, const FittedPicture& stored = {});

  /// Decisions still held. The next push() starts a new film.
  std::vector<ShotDecision> flush();

 private:
  class Signatures;
  std::unique_ptr<Signatures> signatures_;
};

}  // namespace reelface
