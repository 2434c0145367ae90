#include "image/frame_noise.h"

#include <numeric>

#include "image/grain.h"
#include "reelface/image/mask_image.h"

namespace reelface {

double noise_levels(const Frame& frame) {
  // Any few pixels that cover the frame: everything counts.
  constexpr int kSide = 4;
  const FrameFacts& facts = frame.facts();
  const Affine onto_mask = Affine::scale_and_move((kSide - 1.0) / facts.width, (kSide - 1.0) / facts.height, 0, 0);
  const GrainModel grain = measure_grain(frame, onto_mask, MaskImage(kSide, kSide, 1), GrainRegion::kFace);
  if (grain.is_empty()) return 0;
  return 255.0 * std::accumulate(grain.sigma.begin(), grain.sigma.end(), 0.0F) / GrainModel::kLevels;
}

}  // namespace reelface
