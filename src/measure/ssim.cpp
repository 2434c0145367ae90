// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "gaussian_moments.h"
#include "reelface/measure/fidelity.h"

namespace reelface {
namespace {

constexpr double kK1 = 0.01;
constexpr double kK2 = 0.03;

struct SimilarityTerms {
  double whole = 0;               ///< luminance times contrast times structure
  double contrast_structure = 0;  ///< without luminance
};

double sum_of(const std::vector<float>& values) {
  std::array<double, 4> sums{};
  std::size_t i = 0;
  for (; i + 4 <= values.size(); i += 4) {
    for (std::size_t lane = 0; lane < 4; ++lane) sums[lane] += static_cast<double>(values[i + lane]);
  }
  for (; i < values.size(); ++i) sums[0] += static_cast<double>(values[i]);
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

class SimilarityRows {
 public:
  SimilarityRows(double peak, int columns)
      : c1_(static_cast<float>(kK1 * peak * kK1 * peak)),
        c2_(static_cast<float>(kK2 * peak * kK2 * peak)),
        centre_(static_cast<float>(peak / 2)),
        whole_(static_cast<std::size_t>(columns)),
        contrast_structure_(static_cast<std::size_t>(columns)) {}

  void add(const GaussianMoments::Row& row) {
    const float* __restrict picture = row.picture.data();
    const float* __restrict reference = row.reference.data();
    const float* __restrict squares = row.squares.data();
    const float* __restrict product = row.product.data();
    float* __restrict whole = whole_.data();
    float* __restrict contrast_structure = contrast_structure_.data();
    const float c1 = c1_, c2 = c2_, centre = centre_;
    const auto count = static_cast<int>(whole_.size());
    for (int x = 0; x < count; ++x) {
      const float a = picture[x], b = reference[x];
      const float variances = squares[x] - (a * a + b * b);
      const float covariance = product[x] - a * b;
      const float mean_a = a + centre, mean_b = b + centre;
      const float structure = (2 * covariance + c2) / (variances + c2);
      contrast_structure[x] = structure;
      whole[x] = structure * (2 * (mean_a * mean_b) + c1) / ((mean_a * mean_a + mean_b * mean_b) + c1);
    }
    whole_sum_ += sum_of(whole_);
    contrast_structure_sum_ += sum_of(contrast_structure_);
  }

  SimilarityTerms mean(double windows) const { return {whole_sum_ / windows, contrast_structure_sum_ / windows}; }

 private:
  float c1_, c2_, centre_;
  std::vector<float> whole_, contrast_structure_;
  double whole_sum_ = 0;
  double contrast_structure_sum_ = 0;
};

bool holds_a_window(SampleView plane) {
  return plane.width >= GaussianMoments::kTaps && plane.height >= GaussianMoments::kTaps;
}

SimilarityTerms similarity(SampleView picture, SampleView reference, double peak) {
  GaussianMoments moments(picture, reference, static_cast<float>(peak / 2));
  SimilarityRows rows(peak, moments.columns());
  for (int y = 0; y < moments.rows(); ++y) rows.add(moments.next());
  return rows.mean(static_cast<double>(moments.rows()) * moments.columns());
}

}  // namespace

std::optional<double> ssim(SampleView picture, SampleView reference, double peak) {
  require_same_size(picture.width, picture.height, reference.width, reference.height, "SSIM");
  if (!holds_a_window(picture)) return std::nullopt;
  return similarity(picture, reference, peak).whole;
}

std::optional<double> ms_ssim(SampleView picture, SampleView reference, double peak) {
  static constexpr std::array<double, 5> kWeights{0.0448, 0.2856, 0.3001, 0.2363, 0.1333};
  static constexpr int kSmallest = GaussianMoments::kTaps << (kWeights.size() - 1);
  require_same_size(picture.width, picture.height, reference.width, reference.height, "MS-SSIM");
  if (picture.width < kSmallest || picture.height < kSmallest) return std::nullopt;

  SamplePlane smaller_picture, smaller_reference;
  double result = 1;
  for (std::size_t scale = 0; scale < kWeights.size(); ++scale) {
    const SimilarityTerms at_scale = similarity(picture, reference, peak);
    const bool is_last = scale + 1 == kWeights.size();
    result *= std::pow(std::max(is_last ? at_scale.whole : at_scale.contrast_structure, 0.0), kWeights[scale]);
    if (is_last) break;
    smaller_picture = halve(picture);
    smaller_reference = halve(reference);
    picture = smaller_picture.view();
    reference = smaller_reference.view();
  }
  return result;
}

}  // namespace reelface
