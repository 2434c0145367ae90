// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <opencv2/core/hal/intrin.hpp>
#include <utility>

namespace reelface {

/// Of the samples of a row, what the normal equations of a fit by weighted least squares are made of; four samples side
/// by side.
template <int kSlopes>
class WeightedSums {
 public:
  using Four = cv::v_float32x4;
  using Slopes = std::array<Four, kSlopes>;

  WeightedSums() {
    products_.fill(cv::v_setzero_f32());
    with_difference_.fill(cv::v_setzero_f32());
  }

  void add(const Four& weight, const Slopes& slopes, const Four& difference) {
    for (std::size_t i = 0, product = 0; i < slopes.size(); ++i) {
      const Four weighted = weight * slopes[i];
      for (std::size_t j = i; j < slopes.size(); ++j, ++product)
        products_[product] = cv::v_muladd(weighted, slopes[j], products_[product]);
      with_difference_[i] = cv::v_muladd(weighted, difference, with_difference_[i]);
    }
  }

  /// The sum of weight · slope i · slope j.
  double product(int i, int j) const {
    if (j < i) std::swap(i, j);
    const int row = i * kSlopes - i * (i - 1) / 2;
    return cv::v_reduce_sum(products_[static_cast<std::size_t>(row + j - i)]);
  }

  /// The sum of weight · slope i · difference.
  double with_difference(int i) const { return cv::v_reduce_sum(with_difference_[static_cast<std::size_t>(i)]); }

 private:
  std::array<Four, kSlopes*(kSlopes + 1) / 2> products_;  ///< of each two, no two twice
  std::array<Four, kSlopes> with_difference_;
};

}  // namespace reelface
