// SPDX-License-Identifier: Apache-2.0
#include "measure/niqe.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>

#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr int kBlock = 96;
constexpr int kFeaturesOfOneScale = NiqeModel::kFeatures / 2;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// MATLAB's Y of YCbCr, 16..235, rounded; the part that whole blocks cover.
cv::Mat rounded_luma(RgbViewF picture) {
  const int width = picture.width / kBlock * kBlock, height = picture.height / kBlock * kBlock;
  cv::Mat luma(height, width, CV_64F);
  for (int y = 0; y < height; ++y) {
    const float* pixel = picture.samples + y * picture.row_stride;
    auto* row = luma.ptr<double>(y);
    for (int x = 0; x < width; ++x, pixel += 3) {
      row[x] = std::nearbyint(65.481 * static_cast<double>(pixel[0]) + 128.553 * static_cast<double>(pixel[1]) +
                              24.966 * static_cast<double>(pixel[2]) + 16);
    }
  }
  return luma;
}

double cubic(double x) {
  x = std::fabs(x);
  if (x <= 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

/// Half the height with MATLAB's stretched cubic; the edge is mirrored with its own row.
cv::Mat halved_down(const cv::Mat& plane) {
  constexpr int kTaps = 8;
  double weights[kTaps], sum = 0;
  for (int tap = 0; tap < kTaps; ++tap) sum += weights[tap] = cubic(0.5 * (tap - 3.5));
  cv::Mat half = cv::Mat::zeros(plane.rows / 2, plane.cols, CV_64F);
  for (int y = 0; y < half.rows; ++y) {
    cv::Mat row = half.row(y);
    for (int tap = 0; tap < kTaps; ++tap) {
      const int source = cv::borderInterpolate(2 * y + tap - 3, plane.rows, cv::BORDER_REFLECT);
      row += weights[tap] / sum * plane.row(source);
    }
  }
  return half;
}

cv::Mat halved(const cv::Mat& plane) {
  return halved_down(halved_down(plane).t()).t();
}

/// Every sample less the mean of its neighbourhood, over how much that varies.
cv::Mat normalised(const cv::Mat& plane, const NiqeModel& model) {
  const cv::Mat window(NiqeModel::kWindow, NiqeModel::kWindow, CV_64F, const_cast<double*>(model.window.data()));
  cv::Mat mean, squares;
  cv::filter2D(plane, mean, CV_64F, window, {-1, -1}, 0, cv::BORDER_REPLICATE);
  cv::filter2D(plane.mul(plane), squares, CV_64F, window, {-1, -1}, 0, cv::BORDER_REPLICATE);
  cv::Mat spread;
  cv::sqrt(cv::abs(squares - mean.mul(mean)), spread);
  cv::Mat result = (plane - mean) / (spread + 1);
  result.setTo(0, cv::abs(result) < 1e-9);  // what rounding leaves of flat parts is no texture
  return result;
}

/// The ratio by which the shape of a generalised Gaussian is recognised, for shapes .2, .201 ... 10. It rises.
class ShapeTable {
 public:
  ShapeTable() {
    for (int i = 0; i <= 9800; ++i) {
      const double inverse = 1 / shape(i);
      ratios_.push_back(std::exp(2 * std::lgamma(2 * inverse) - std::lgamma(inverse) - std::lgamma(3 * inverse)));
    }
  }

  double shape_for(double ratio) const {
    if (std::isnan(ratio)) return shape(0);
    const auto above = std::lower_bound(ratios_.begin(), ratios_.end(), ratio);
    if (above == ratios_.begin()) return shape(0);
    const auto index = static_cast<int>(above - ratios_.begin());
    if (above == ratios_.end()) return shape(index - 1);
    return shape(ratio - above[-1] <= *above - ratio ? index - 1 : index);
  }

 private:
  static double shape(int index) { return 0.2 + 0.001 * index; }
  std::vector<double> ratios_;
};

/// A generalised Gaussian with two widths.
struct Distribution {
  double shape, left, right;
};

/// Fits the products of a block's samples with those `down` rows and `across` columns before them, around the block's
/// edges; without a step, the samples themselves.
Distribution fitted(const cv::Mat& block, int down, int across) {
  static const ShapeTable table;
  double left_squares = 0, right_squares = 0, sizes = 0;
  std::int64_t left_count = 0, right_count = 0;
  const bool is_product = down != 0 || across != 0;
  for (int y = 0; y < block.rows; ++y) {
    const auto* here = block.ptr<double>(y);
    const auto* there = block.ptr<double>((y - down + block.rows) % block.rows);
    for (int x = 0; x < block.cols; ++x) {
      const double value = is_product ? here[x] * there[(x - across + block.cols) % block.cols] : here[x];
      sizes += std::fabs(value);
      if (value < 0) left_squares += value * value, ++left_count;
      if (value > 0) right_squares += value * value, ++right_count;
    }
  }
  const auto root_mean = [](double squares, std::int64_t count) {
    return count > 0 ? std::sqrt(squares / static_cast<double>(count)) : kNaN;
  };
  const double left = root_mean(left_squares, left_count), right = root_mean(right_squares, right_count);
  const double skew = left / right, samples = static_cast<double>(block.total());
  const double ratio = (sizes / samples) * (sizes / samples) / ((left_squares + right_squares) / samples);
  const double even = (skew * skew * skew + 1) * (skew + 1) / ((skew * skew + 1) * (skew * skew + 1));
  const double shape = table.shape_for(ratio * even);
  const double width = std::sqrt(std::exp(std::lgamma(1 / shape) - std::lgamma(3 / shape)));
  return {shape, left * width, right * width};
}

void add_features(const cv::Mat& block, std::vector<double>& features) {
  const Distribution samples = fitted(block, 0, 0);
  features.push_back(samples.shape);
  features.push_back((samples.left + samples.right) / 2);
  for (const auto& [down, across] : {std::pair{0, 1}, {1, 0}, {1, 1}, {1, -1}}) {
    const Distribution products = fitted(block, down, across);
    const double mean =
        (products.right - products.left) * std::exp(std::lgamma(2 / products.shape) - std::lgamma(1 / products.shape));
    features.insert(features.end(), {products.shape, mean, products.left, products.right});
  }
}

/// One row of features for each block, first scale then second.
cv::Mat block_features(cv::Mat luma, const NiqeModel& model) {
  const int columns = luma.cols / kBlock, rows = luma.rows / kBlock;
  cv::Mat all(columns * rows, NiqeModel::kFeatures, CV_64F);
  for (int scale = 0; scale < 2; ++scale) {
    const int side = kBlock >> scale;
    const cv::Mat plane = normalised(luma, model);
    for (int block = 0; block < all.rows; ++block) {
      std::vector<double> features;
      add_features(plane(cv::Rect(block % columns * side, block / columns * side, side, side)), features);
      std::copy(features.begin(), features.end(), all.ptr<double>(block) + std::ptrdiff_t{scale} * kFeaturesOfOneScale);
    }
    if (scale == 0) luma = halved(luma);
  }
  return all;
}

/// Means over the blocks where a feature is a number.
cv::Mat column_means(const cv::Mat& features) {
  cv::Mat means(1, features.cols, CV_64F);
  for (int column = 0; column < features.cols; ++column) {
    double sum = 0;
    int count = 0;
    for (int row = 0; row < features.rows; ++row) {
      const double value = features.at<double>(row, column);
      if (!std::isnan(value)) sum += value, ++count;
    }
    means.at<double>(0, column) = count > 0 ? sum / count : kNaN;
  }
  return means;
}

cv::Mat without_gaps(const cv::Mat& features) {
  cv::Mat whole(0, features.cols, CV_64F);
  for (int row = 0; row < features.rows; ++row) {
    const auto* values = features.ptr<double>(row);
    if (std::none_of(values, values + features.cols, [](double value) { return std::isnan(value); })) {
      whole.push_back(features.row(row));
    }
  }
  return whole;
}

}  // namespace

std::optional<double> niqe(RgbViewF picture, const NiqeModel& model) {
  const cv::Mat luma = rounded_luma(picture);
  if (luma.total() < std::size_t{2} * kBlock * kBlock) return std::nullopt;
  const cv::Mat features = block_features(luma, model), whole = without_gaps(features);
  if (whole.rows < 2) return std::nullopt;
  cv::Mat covariance, unused_mean, inverse;
  cv::calcCovarMatrix(whole, covariance, unused_mean, cv::COVAR_NORMAL | cv::COVAR_ROWS, CV_64F);
  covariance /= whole.rows - 1;
  const int count = NiqeModel::kFeatures;
  const cv::Mat natural(count, count, CV_64F, const_cast<double*>(model.covariance.data()));
  const cv::Mat natural_mean(1, count, CV_64F, const_cast<double*>(model.mean.data()));
  cv::invert((natural + covariance) / 2, inverse, cv::DECOMP_SVD);
  const cv::Mat step = natural_mean - column_means(features);
  const double squared = cv::Mat(step * inverse * step.t()).at<double>(0, 0);
  if (!std::isfinite(squared)) return std::nullopt;
  return std::sqrt(std::max(0.0, squared));
}

}  // namespace reelface
