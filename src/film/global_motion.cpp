// SPDX-License-Identifier: Apache-2.0
#include "film/global_motion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "motion/weighted_sums.h"

namespace reelface {
namespace {

constexpr int kSmallestSide = 24;  // of the coarsest picture that is compared
constexpr int kMostLevels = 4;
constexpr int kRounds = 12;
// Pixels; a round that changes less is the last. Smaller pictures are settled more exactly: a round costs next to
// nothing there, and where two things move, it is there that one of them is followed.
constexpr double kSettled = 1e-3, kSettledSmall = 2e-4;
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
  double agreeing = 0;
  double samples = 1;
};

/// The sums of one row. Samples that fit are counted in full, others hardly (Geman and McClure's weight).
class RowSums {
 public:
  explicit RowSums(double tolerance) : inverse_(cv::v_setall_f32(static_cast<float>(1 / (tolerance * tolerance)))) {}

  void add(const float* before, const float* difference, const float* slope_x, const float* slope_y, int count) {
    int x = 0;
    for (; x + kSideBySide <= count; x += kSideBySide) {
      add_four(cv::v_load(before + x), cv::v_load(difference + x), cv::v_load(slope_x + x), cv::v_load(slope_y + x),
               cv::v_setall_f32(1));
    }
    const auto rest = [x, count](const float* row) {
      std::array<float, kSideBySide> values{};
      std::copy(row + x, row + count, values.begin());
      return cv::v_load(values.data());
    };
    std::array<float, kSideBySide> counted{};
    std::fill_n(counted.begin(), count - x, 1.0F);
    add_four(rest(before), rest(difference), rest(slope_x), rest(slope_y), cv::v_load(counted.data()));
  }

  void add_to(Equations& sums) const {
    for (int i = 0; i < 4; ++i) {
      for (int j = i; j < 4; ++j) sums.left(i, j) += sums_.product(i, j);
      sums.right[i] -= sums_.with_difference(i);
    }
    sums.texture += cv::v_reduce_sum(texture_);
    sums.agreeing += cv::v_reduce_sum(agreeing_);
  }

 private:
  static constexpr int kSideBySide = 4;
  using Four = WeightedSums<4>::Four;

  /// `counted`: 1, or 0 for what is no sample.
  void add_four(const Four& before, const Four& difference, const Four& slope_x, const Four& slope_y,
                const Four& counted) {
    const Four one = cv::v_setall_f32(1), squared = difference * difference * inverse_;
    const Four root = one + squared;
    sums_.add(counted / (root * root), {slope_x, slope_y, before * cv::v_setall_f32(-1 / 128.0F), cv::v_setall_f32(-1)},
              difference);
    const Four texture = slope_x * slope_x + slope_y * slope_y;
    texture_ += texture;
    agreeing_ += texture & (squared < one);
  }

  Four inverse_;
  WeightedSums<4> sums_;
  Four texture_ = cv::v_setzero_f32(), agreeing_ = cv::v_setzero_f32();
};

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
    RowSums row(kTolerance * scale);
    row.add(earlier.ptr<float>(part.y + y) + part.x, difference.ptr<float>(y), slope_x.ptr<float>(part.y + y) + part.x,
            slope_y.ptr<float>(part.y + y) + part.x, part.width);
    row.add_to(sums);
  }
  for (int i = 1; i < 4; ++i) {
    for (int j = 0; j < i; ++j) sums.left(i, j) = sums.left(j, i);
  }
  sums.samples = part.area();
  return sums;
}

/// Improves the estimate on one level, until a round changes less than `settled`; false where the pictures do not say
/// enough.
bool settle(const cv::Mat& before, const cv::Mat& now, double settled, Estimate& estimate, double& agreement) {
  for (int round = 0; round < kRounds; ++round) {
    const Equations sums = equations_at(before, now, estimate);
    if (sums.texture < kLeastTexture * sums.samples) return false;
    agreement = sums.agreeing / sums.texture;
    cv::Vec4d change;
    if (!cv::solve(sums.left, sums.right, change, cv::DECOMP_CHOLESKY)) return false;
    estimate.shift += cv::Point2d(change[0], change[1]);
    estimate.gain += change[2] / 128;
    estimate.offset += change[3];
    if (std::hypot(change[0], change[1]) < settled) break;
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
    const double settled = level > 0 ? kSettledSmall : kSettled;
    if (!settle(earlier[level], later[level], settled, estimate, motion.agreement)) return motion;
    if (level > 0) estimate.shift *= 2;
  }
  const double largest = 0.5 * std::min(before.cols, before.rows);
  motion.shift = estimate.shift;
  motion.is_known = motion.agreement >= kLeastAgreement && std::hypot(estimate.shift.x, estimate.shift.y) < largest;
  return motion;
}

}  // namespace reelface
