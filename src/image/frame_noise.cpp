#include "image/frame_noise.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include "image/grain.h"
#include "reelface/image/mask_image.h"

namespace reelface {
namespace {

constexpr int kMaskSide = 4;  // any few pixels that cover the frame: everything counts

MaskImage whole_mask() {
  return {kMaskSide, kMaskSide, 1};
}

Affine onto_whole_mask(const Frame& frame) {
  return Affine::scale_and_move((kMaskSide - 1.0) / frame.facts().width, (kMaskSide - 1.0) / frame.facts().height, 0,
                                0);
}

constexpr int kBlock = 8;
constexpr float kLeastVariance = 1e-6F;  // a quarter of a level

/// Of luma in one block; what the whole block has in common, as from flicker, counts for nothing.
float variance_of_change(RgbViewF picture, RgbViewF other, int left, int top) {
  float sum = 0, squares = 0;
  for (int y = top; y < top + kBlock; ++y) {
    const float* here = picture.samples + y * picture.row_stride + std::ptrdiff_t{3} * left;
    const float* there = other.samples + y * other.row_stride + std::ptrdiff_t{3} * left;
    for (int x = 0; x < kBlock; ++x, here += 3, there += 3) {
      const float change =
          0.299F * (here[0] - there[0]) + 0.587F * (here[1] - there[1]) + 0.114F * (here[2] - there[2]);
      sum += change;
      squares += change * change;
    }
  }
  constexpr float kSamples = kBlock * kBlock;
  return std::max(0.0F, squares / kSamples - sum / kSamples * (sum / kSamples));
}

/// Of all pairs; 0 where none changes, as in black borders.
float least_variance(const std::vector<PicturePair>& pairs, int left, int top) {
  float least = 0;
  for (const PicturePair& pair : pairs) {
    const float variance = variance_of_change(pair.one, pair.other, left, top);
    if (variance > kLeastVariance && (least == 0 || variance < least)) least = variance;
  }
  return least;
}

}  // namespace

GrainModel frame_grain(const Frame& frame) {
  return measure_grain(frame, onto_whole_mask(frame), whole_mask(), GrainRegion::kFace);
}

void add_frame_grain(Frame& frame, const GrainModel& grain, std::uint64_t seed) {
  add_grain(frame, onto_whole_mask(frame), whole_mask(), grain, seed);
}

double noise_levels(const GrainModel& grain) {
  if (grain.is_empty()) return 0;
  return 255.0 * std::accumulate(grain.sigma.begin(), grain.sigma.end(), 0.0F) / GrainModel::kLevels;
}

double changing_noise_levels(const std::vector<PicturePair>& pairs) {
  if (pairs.empty()) return 0;
  const RgbViewF& first = pairs.front().one;
  std::vector<float> variances;
  for (int y = 0; y + kBlock <= first.height; y += kBlock) {
    for (int x = 0; x + kBlock <= first.width; x += kBlock) {
      const float variance = least_variance(pairs, x, y);
      if (variance > 0) variances.push_back(variance);
    }
  }
  if (variances.empty()) return 0;
  const auto calm = variances.begin() + static_cast<std::ptrdiff_t>(variances.size() / 3);
  std::nth_element(variances.begin(), calm, variances.end());
  return 255 * std::sqrt(*calm / 2);  // both have it
}

}  // namespace reelface
