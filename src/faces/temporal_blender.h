// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "motion/crop_step.h"
#include "reelface/core/rgb_image.h"
#include "reelface/image/mask_image.h"

namespace reelface {

class BlendedFrame;

/// What blending knows of one restored crop; shared by the frames it is carried to.
using SharedBlendedFrame = std::shared_ptr<BlendedFrame>;

/// Takes the flicker out of restored crops without blurring motion. The detail of the restorations is carried from up
/// to five past frames to this one along the motion of the *input*, and averaged where the input agrees with its own
/// past and has not moved far, so nothing ghosts. Broad light and colour are the input's of this frame; what the
/// restoration shifts there is averaged longer.
///
/// Finite memory: a fixed number of past frames, each with its own weight. A recursive filter would never quite forget;
/// this way a part of a film needs a warm-up of half a second at most. It is also why most of the work needs no order:
/// what is carried are restorations as they came, not blended ones. Each frame passes three steps,
///   look()     what is to be known of it, by itself;
///   remember() which frames it follows: in order, and next to no work;
///   steady()   the blending, when those that it follows have been remembered.
/// The first and the last may be done for any number of frames at once.
/// If input and restored crops do not change, neither does the result, not by one bit.
///
/// Thread-safety: look() and steady() are safe; remember() and reset() have one owner, frames in order. State is kept
/// by piece and dropped when a piece ends.
class TemporalBlender {
 public:
  static constexpr double kMemorySeconds = 0.5;  ///< frames older than this are not used, however few there are

  TemporalBlender();
  ~TemporalBlender();
  TemporalBlender(TemporalBlender&&) noexcept;
  TemporalBlender& operator=(TemporalBlender&&) noexcept;

  /// Both crops square, of one size, RGB 0..1.
  static SharedBlendedFrame look(double time_seconds, const CropStep::Crop& input, const RgbImageF& restored);

  /// `piece_id` as in TrackedFace. `step`: from the piece's crop of the frame before to this one, where that is known;
  /// else the motion is searched for, by whoever steadies first.
  void remember(std::int64_t piece_id, const SharedBlendedFrame& frame, SharedStep step);

  /// `restored` is the crop that `frame` has looked at. `mask`, if given, has its size: where it is 0 nothing will be
  /// seen of the result, and detail stays as it was restored. Once for each frame; those that follow it keep what they
  /// need.
  static void steady(BlendedFrame& frame, RgbImageF& restored, const MaskImage* mask);

  /// All three steps.
  RgbImageF blend(std::int64_t piece_id, double time_seconds, const CropStep::Crop& input, RgbImageF restored,
                  SharedStep step = nullptr, const MaskImage* mask = nullptr);

  /// At a cut. (Pieces do not live across cuts; this only frees memory at once.)
  void reset();

 private:
  class Pieces;
  std::unique_ptr<Pieces> pieces_;
};

}  // namespace reelface
