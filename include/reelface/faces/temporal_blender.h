#pragma once

#include <cstdint>
#include <memory>

#include "reelface/core/rgb_image.h"
#include "reelface/faces/crop_step.h"

namespace reelface {

struct TemporalBlendOptions {
  bool on = true;               ///< false: the restored crop is returned as it is (--temporal off)
  double strongest = 0.8;       ///< how much the frame before counts next to this one, at most; the one before: squared
  double memory_seconds = 0.3;  ///< detail of frames older than this is not used, however few there are
  double colour_memory_seconds = 0.5;  ///< the same for brightness and colour, which need more frames to be steady
};

/// Takes the flicker out of restored crops without blurring motion. The detail of the restorations is carried from up
/// to three past frames to this one along the motion of the *input*, and averaged where input and restoration agree
/// with their own past, so nothing ghosts. Broad light and colour are the input's of this frame; what the restoration
/// shifts there is averaged longer.
///
/// Finite memory: a fixed number of past frames, each with a weight of its own, instead of a recursion that never quite
/// forgets: three are enough for what a recursion of the same strength gives (half the flicker), cost less than running
/// two recursions that are restarted in turn and cross-faded, and a part of a film needs a warm-up of half a second.
/// If input and restored crops do not change, neither does the result, not by one bit.
///
/// Thread-safety: none; one owner, frames in order. State is kept by piece and dropped when a piece ends.
class TemporalBlender {
 public:
  explicit TemporalBlender(TemporalBlendOptions options = {});
  ~TemporalBlender();
  TemporalBlender(TemporalBlender&&) noexcept;
  TemporalBlender& operator=(TemporalBlender&&) noexcept;

  /// Both crops square, of one size, RGB 0..1. `piece_id` as in TrackedFace. `step`: from the
  /// piece's crop of the frame before to this one, where that is known; else the motion is searched for here.
  RgbImageF blend(std::int64_t piece_id, double time_seconds, const CropStep::Crop& input, RgbImageF restored,
                  const CropStep* step = nullptr);

  /// At a cut. (Pieces do not live across cuts; this only frees memory at once.)
  void reset();

 private:
  class Pieces;
  TemporalBlendOptions options_;
  std::unique_ptr<Pieces> pieces_;
};

}  // namespace reelface
