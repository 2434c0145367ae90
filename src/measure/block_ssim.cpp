// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "reelface/measure/fidelity.h"

namespace reelface {
namespace {

constexpr int kBlock = 4;
constexpr double kWindowSamples = 64;

/// Sums over one 4x4 block; a window is 2x2 blocks.
struct BlockSums {
  double picture = 0;
  double reference = 0;
  double squares = 0;
  double product = 0;

  BlockSums& operator+=(const BlockSums& other) {
    picture += other.picture;
    reference += other.reference;
    squares += other.squares;
    product += other.product;
    return *this;
  }
};

std::vector<BlockSums> sum_blocks(SampleView picture, SampleView reference, int block_row) {
  std::vector<BlockSums> blocks(static_cast<std::size_t>(picture.width / kBlock));
  for (int y = block_row * kBlock; y < (block_row + 1) * kBlock; ++y) {
    const float* left = picture.row(y);
    const float* right = reference.row(y);
    for (std::size_t block = 0; block < blocks.size(); ++block, left += kBlock, right += kBlock) {
      for (int x = 0; x < kBlock; ++x) {
        const double a = static_cast<double>(left[x]), b = static_cast<double>(right[x]);
        blocks[block] += {a, b, a * a + b * b, a * b};
      }
    }
  }
  return blocks;
}

// The constants are those of x264, which ffmpeg took over: on sums, and with 63 in c2 where 64 would be expected.
double window_similarity(const BlockSums& sums, double peak) {
  const double c1 = 0.01 * 0.01 * peak * peak * kWindowSamples;
  const double c2 = 0.03 * 0.03 * peak * peak * kWindowSamples * (kWindowSamples - 1);
  const double variances =
      sums.squares * kWindowSamples - sums.picture * sums.picture - sums.reference * sums.reference;
  const double covariance = sums.product * kWindowSamples - sums.picture * sums.reference;
  return (2 * sums.picture * sums.reference + c1) * (2 * covariance + c2) /
         ((sums.picture * sums.picture + sums.reference * sums.reference + c1) * (variances + c2));
}

}  // namespace

std::optional<double> block_ssim(SampleView picture, SampleView reference, double peak) {
  require_same_size(picture.width, picture.height, reference.width, reference.height, "SSIM");
  const int columns = picture.width / kBlock - 1;
  const int rows = picture.height / kBlock - 1;
  if (columns < 1 || rows < 1) return std::nullopt;
  double sum = 0;
  std::vector<BlockSums> upper = sum_blocks(picture, reference, 0);
  for (int y = 1; y <= rows; ++y) {
    std::vector<BlockSums> lower = sum_blocks(picture, reference, y);
    for (std::size_t x = 0; x < static_cast<std::size_t>(columns); ++x) {
      BlockSums window = upper[x];
      ((window += upper[x + 1]) += lower[x]) += lower[x + 1];
      sum += window_similarity(window, peak);
    }
    upper.swap(lower);
  }
  return sum / (static_cast<double>(columns) * rows);
}

}  // namespace reelface
