// SPDX-License-Identifier: Apache-2.0
#include "noise_blocks.h"

#include <opencv2/core.hpp>
#include <opencv2/core/hal/intrin.hpp>

#include "component_view.h"
#include "image/colour_conversion.h"
#include "mask_geometry.h"

namespace reelface {
namespace {

constexpr int kBlock = 8;

/// A row of blocks: luma as 0..1 (for RGB: green, which is most of it and has the same grain).
class LumaBand {
 public:
  LumaBand(const Frame& frame, const ComponentView& view, int left, int right)
      : view_(view),
        left_(left),
        stride_(right - left),
        luma_(static_cast<std::size_t>(kBlock) * stride_ + 2) {  // the last block reads two numbers on
    const ColourConversion colour = colour_conversion(frame.facts());
    black_ = static_cast<float>(colour.black[0]);
    scale_ = static_cast<float>(1 / (colour.legal[0].highest - colour.legal[0].lowest));
  }

  void read(int top) {
    for (int row = 0; row < kBlock; ++row) {
      float* const luma = luma_.data() + std::ptrdiff_t{row} * stride_;
      load_samples(view_, left_, top + row, stride_, luma);
      for (int i = 0; i < stride_; ++i) luma[i] = (luma[i] - black_) * scale_;
    }
  }

  const float* block(int x) const { return luma_.data() + (x - left_); }
  int stride() const { return stride_; }

 private:
  const ComponentView& view_;
  int left_, stride_;
  std::vector<float> luma_;
  float black_ = 0, scale_ = 1;
};

cv::v_float32x4 squared_step(const float* from, int ahead) {
  const cv::v_float32x4 step = cv::v_load(from + ahead) - cv::v_load(from);
  return step * step;
}

/// Sums over the left and the right four columns.
struct ColumnSums {
  cv::v_float32x4 left = cv::v_setzero_f32(), right = left;

  float total() const { return cv::v_reduce_sum(left + right); }
};

BlockNoise measure_block(const float* luma, int stride) {
  // Only the first two of the right columns have samples two apart in their row.
  const cv::v_float32x4 first_two(1, 1, 0, 0);
  ColumnSums level, nearby, further;
  for (int y = 0; y < kBlock; ++y) {
    const float* const left = luma + std::ptrdiff_t{y} * stride;
    const float* const right = left + 4;
    level.left += cv::v_load(left);
    level.right += cv::v_load(right);
    nearby.left += squared_step(left, 1);
    nearby.right += first_two * squared_step(right, 1);
    further.left += squared_step(left, 2);
    further.right += first_two * squared_step(right, 2);
    if (y + 2 >= kBlock) continue;
    nearby.left += squared_step(left, stride);
    nearby.right += squared_step(right, stride);
    further.left += squared_step(left, 2 * stride);
    further.right += squared_step(right, 2 * stride);
  }
  constexpr float kPairs = 2.0F * kBlock * (kBlock - 2);
  return {level.total() / (kBlock * kBlock), nearby.total() / kPairs, further.total() / kPairs};
}

/// Which blocks count: their corners and their middle have to be on the right side of the mask.
class BlockChoice {
 public:
  BlockChoice(const Affine& frame_to_crop, const MaskImage& mask, GrainRegion region)
      : frame_to_crop_(frame_to_crop), mask_(mask), region_(region) {
    constexpr double kLast = kBlock - 1;
    constexpr Position kAsked[] = {{0, 0}, {kLast, 0}, {0, kLast}, {kLast, kLast}, {kLast / 2, kLast / 2}};
    const auto& m = frame_to_crop.rows;
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      asked_[i] = {m[0] * kAsked[i].x + m[1] * kAsked[i].y, m[3] * kAsked[i].x + m[4] * kAsked[i].y};
    }
  }

  bool takes(int x, int y) const {
    const Position block = frame_to_crop_.apply(Position{static_cast<double>(x), static_cast<double>(y)});
    for (const Position& offset : asked_) {
      const float weight = nearest_weight(mask_, block.x + offset.x, block.y + offset.y);
      if (region_ == GrainRegion::kFace ? weight < 0.9F : weight > 0) return false;
    }
    return true;
  }

 private:
  const Affine& frame_to_crop_;
  const MaskImage& mask_;
  GrainRegion region_;
  std::array<Position, 5> asked_;  ///< from the block's corner, in the crop
};

}  // namespace

std::vector<BlockNoise> noise_of_blocks(const Frame& frame, const Affine& frame_to_crop, const MaskImage& mask,
                                        GrainRegion region) {
  const ComponentView view = view_component(frame, frame.facts().layout.family == ColourFamily::kRgb ? 1 : 0);
  SampleBox box{0, 0, mask.width, mask.height};
  if (region == GrainRegion::kSurroundings) {
    // The crop shows little else than the face: look half a crop further.
    box = {-mask.width / 2, -mask.height / 2, mask.width + mask.width / 2, mask.height + mask.height / 2};
  }
  const SampleBox samples = samples_within(box, frame_to_crop, view.width, view.height);
  const BlockChoice choice(frame_to_crop, mask, region);
  std::vector<BlockNoise> blocks;
  if (samples.is_empty()) return blocks;
  LumaBand band(frame, view, samples.left, samples.right);
  for (int y = samples.top; y + kBlock <= samples.bottom; y += kBlock) {
    band.read(y);
    for (int x = samples.left; x + kBlock <= samples.right; x += kBlock) {
      if (choice.takes(x, y)) blocks.push_back(measure_block(band.block(x), band.stride()));
    }
  }
  return blocks;
}

}  // namespace reelface
