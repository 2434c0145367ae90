// SPDX-License-Identifier: Apache-2.0
#include "film/global_motion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace reelface {
namespace {

constexpr int kSmallestSide = 24;  // of the coarsest picture that is compared
constexpr int kMostLevels = 4;
constexpr int kRounds = 12;
constexpr double kSettled = 2e-4;      // pixels; a round that changes less is the last
constexpr double kLeastTexture = 1.5;  // squared gradient a sample, on average: less says nothing about motion
constexpr double kLeastAgreement = 0.2;
constexpr double kTolerance = 2.5;  // of the typical difference: beyond it a sample moved otherwise

/// What is solved for: now(p + shift) = (1 + gain) before(p) + offset.
struct Estimate {
  cv::Point2d shift;
  double gain = 0;
  double offset = 0;
};

std::vector<cv::Mat> pyramid(const cv::Mat& picture) {
  std::vector<cv::Mat> levels = {picture};
  while (static_cast<int>(levels.size()) < kMostLevels &&
         std::min(levels.back().rows, levels.back().cols) >= 2 * kSmallestSide) {
    cv::Mat half;
    cv::pyrDown(levels.back(), half);
    levels.push_back(half);
  }
  return levels;
}

/// The shift with which the coarsest pictures correlate best, for motion too large to be found step by step.
cv::Point2d coarse_shift(const cv::Mat& before, const cv::Mat& now) {
  cv::Mat window;
  cv::createHanningWindow(window, before.size(), CV_32F);
  double response = 0;
  const cv::Point2d found = cv::phaseCorrelate(before, now, window, &response);
  return response > 0.05 ? found : cv::Point2d();
}

/// Weights of four samples for a place between the second and the third (Catmull and Rom's).
cv::Matx14f between(double t) {
  const double squared = t * t, cubed = squared * t;
  return {static_cast<float>((-cubed + 2 * squared - t) / 2), static_cast<float>((3 * cubed - 5 * squared + 2) / 2),
          static_cast<float>((-3 * cubed + 4 * squared + t) / 2), static_cast<float>((cubed - squared) / 2)};
}

/// What is at p + shift in the picture, at p. Straight interpolation would pull shifts towards whole pixels, and
/// OpenCV's warps know no places finer than a 32nd.
cv::Mat seen_through(const cv::Mat& picture, cv::Point2d shift) {
  const int whole_x = static_cast<int>(std::floor(shift.x)), whole_y = static_cast<int>(std::floor(shift.y));
  const int margin = std::max(std::abs(whole_x), std::abs(whole_y)) + 2;
  cv::Mat larger, result;
  cv::copyMakeBorder(picture, larger, margin, margin, margin, margin, cv::BORDER_REPLICATE);
  const cv::Mat part = larger(cv::Rect({margin + whole_x, margin + whole_y}, picture.size()));
  cv::sepFilter2D(part, result, CV_32F, between(shift.x - whole_x), between(shift.y - whole_y), {1, 1});
  return result;
}

cv::Rect common_part(cv::Size size, cv::Point2d shift) {
  const int x = static_cast<int>(std::ceil(std::abs(shift.x))) + 2;
  const int y = static_cast<int>(std::ceil(std::abs(shift.y))) + 2;
  return cv::Rect(x, y, size.width - 2 * x, size.height - 2 * y) & cv::Rect({}, size);
}

double typical_difference(const cv::Mat& difference) {
  std::vector<float> lengths;
  const int step = std::max(1, static_cast<int>(std::sqrt(static_cast<double>(difference.total()) / 4096)));
  for (int y = 0; y < difference.rows; y += step) {
    const auto* row = difference.ptr<float>(y);
    for (int x = 0; x < difference.cols; x += step) lengths.push_back(std::abs(row[x]));
  }
  const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
  std::nth_element(lengths.begin(), middle, lengths.end());
  return std::max(0.25, 1.4826 * *middle);
}

/// Sums of the normal equations of one round.
struct Equations {
  cv::Matx44d left = cv::Matx44d::zeros();
  cv::Vec4d right{};
  double texture = 0;
  double textured = 0;
  double agreeing = 0;
};

/// One row: samples that fit are counted in full, others hardly (Geman and McClure's weight).
void add_row(const float* before, const float* difference, const float* slope_x, const float* slope_y, int count,
             double scale, Equations& sums) {
  const double inverse = 1 / (kTolerance * scale * kTolerance * scale);
  for (int x = 0; x < count; ++x) {
    const double squared = static_cast<double>(difference[x]) * difference[x] * inverse;
    const double weight = 1 / ((1 + squared) * (1 + squared));
    const double texture = static_cast<double>(slope_x[x]) * slope_x[x] + static_cast<double>(slope_y[x]) * slope_y[x];
    const cv::Vec4d slopes(slope_x[x], slope_y[x], -before[x] / 128.0, -1);
    for (int i = 0; i < 4; ++i) {
      for (int j = i; j < 4; ++j) sums.left(i, j) += weight * slopes[i] * slopes[j];
      sums.right[i] -= weight * slopes[i] * difference[x];
    }
    sums.texture += texture;
    sums.textured += texture;
    sums.agreeing += squared < 1 ? texture : 0;
  }
}

Equations equations_at(const cv::Mat& before, const cv::Mat& now, const Estimate& estimate) {
  const cv::Rect part = common_part(before.size(), estimate.shift);
  Equations sums;
  if (part.width < 8 || part.height < 8) return sums;
  // Each picture goes half of the way, so that both are interpolated alike and neither's noise has a say in the slopes.
  const cv::Mat earlier = seen_through(before, estimate.shift * -0.5), later = seen_through(now, estimate.shift * 0.5);
  const cv::Mat both = (earlier + later) * 0.5;
  cv::Mat slope_x, slope_y;
  cv::Sobel(both, slope_x, CV_32F, 1, 0, 3, 0.125);
  cv::Sobel(both, slope_y, CV_32F, 0, 1, 3, 0.125);
  const cv::Mat difference = later(part) - earlier(part) * (1 + estimate.gain) - cv::Scalar(estimate.offset);
  const double scale = typical_difference(difference);
  for (int y = 0; y < part.height; ++y) {
    add_row(earlier.ptr<float>(part.y + y) + part.x, difference.ptr<float>(y), slope_x.ptr<float>(part.y + y) + part.x,
            slope_y.ptr<float>(part.y + y) + part.x, part.width, scale, sums);
  }
  for (int i = 1; i < 4; ++i) {
    for (int j = 0; j < i; ++j) sums.left(i, j) = sums.left(j, i);
  }
  sums.texture /= part.area();
  return sums;
}

/// Improves the estimate on one level; false where the pictures do not say enough.
bool settle(const cv::Mat& before, const cv::Mat& now, Estimate& estimate, double& agreement) {
  for (int round = 0; round < kRounds; ++round) {
    const Equations sums = equations_at(before, now, estimate);
    if (sums.texture < kLeastTexture) return false;
    agreement = sums.agreeing / sums.textured;
    cv::Vec4d change;
    if (!cv::solve(sums.left, sums.right, change, cv::DECOMP_CHOLESKY)) return false;
    estimate.shift += cv::Point2d(change[0], change[1]);
    estimate.gain += change[2] / 128;
    estimate.offset += change[3];
    if (std::hypot(change[0], change[1]) < kSettled) break;
  }
  return true;
}

}  // namespace

GlobalMotion find_global_motion(const cv::Mat& before, const cv::Mat& now) {
  const std::vector<cv::Mat> earlier = pyramid(before), later = pyramid(now);
  Estimate estimate;
  estimate.shift = coarse_shift(earlier.back(), later.back());
  GlobalMotion motion;
  for (std::size_t level = earlier.size(); level-- > 0;) {
    if (!settle(earlier[level], later[level], estimate, motion.agreement)) return motion;
    if (level > 0) estimate.shift *= 2;
  }
  const double largest = 0.5 * std::min(before.cols, before.rows);
  motion.shift = estimate.shift;
  motion.is_known = motion.agreement >= kLeastAgreement && std::hypot(estimate.shift.x, estimate.shift.y) < largest;
  return motion;
}

}  // namespace reelface
