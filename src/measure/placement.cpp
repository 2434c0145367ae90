// SPDX-License-Identifier: Apache-2.0
#include "measure/placement.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "opencv_view.h"

namespace reelface {
namespace {

constexpr int kSteps = 8;
constexpr double kFinest = 1.0 / 32;    // pixels: OpenCV moves pictures by whole multiples of it
constexpr double kFlat = 1e-5;          // mean squared slope, of 1 a pixel: below it nothing can be seen to move
constexpr float kAnotherThing = 0.12F;  // of 1: samples that differ by more do not show the same
constexpr int kBorder = 8;

struct Slopes {
  cv::Mat across, down;
};

Slopes slopes_of(const cv::Mat& picture) {
  Slopes slopes;
  const cv::Mat step = (cv::Mat_<float>(1, 3) << -0.5F, 0, 0.5F), step_down = step.t();
  cv::filter2D(picture, slopes.across, CV_32F, step, {-1, -1}, 0, cv::BORDER_REPLICATE);
  cv::filter2D(picture, slopes.down, CV_32F, step_down, {-1, -1}, 0, cv::BORDER_REPLICATE);
  return slopes;
}

/// What is left between the two once the picture is moved back; nothing where there is too little to tell by. How much
/// brighter one is gets found along with it: where light falls off across the picture, it looks much like a shift.
std::optional<cv::Point2d> what_is_left(const cv::Mat& moved, const cv::Mat& reference, const Slopes& slopes) {
  const cv::Rect inside(kBorder, kBorder, reference.cols - 2 * kBorder, reference.rows - 2 * kBorder);
  const auto gain = static_cast<float>(cv::mean(reference(inside))[0] / std::max(1e-3, cv::mean(moved(inside))[0]));
  cv::Matx33d sums = cv::Matx33d::zeros();
  cv::Vec3d errors(0, 0, 0);
  double count = 0;
  for (int y = inside.y; y < inside.br().y; ++y) {
    const auto* here = moved.ptr<float>(y);
    const auto* wanted = reference.ptr<float>(y);
    const auto* across = slopes.across.ptr<float>(y);
    const auto* down = slopes.down.ptr<float>(y);
    for (int x = inside.x; x < inside.br().x; ++x) {
      const float error = wanted[x] - gain * here[x];
      if (std::abs(error) > kAnotherThing) continue;
      const cv::Vec3d causes(across[x], down[x], here[x]);
      sums += causes * causes.t();
      errors += causes * static_cast<double>(error);
      ++count;
    }
  }
  const double size = sums(0, 0) * sums(1, 1) - sums(0, 1) * sums(1, 0);
  if (count == 0 || size < kFlat * kFlat * count * count) return std::nullopt;
  const cv::Vec3d left = sums.solve(errors, cv::DECOMP_CHOLESKY);
  return cv::Point2d(left[0], left[1]);
}

/// Lightly blurred: a slope of one pixel tells nothing about steps between two, and less about noise.
cv::Mat blurred(SampleView view) {
  cv::Mat picture;
  cv::GaussianBlur(opencv_view(view), picture, {7, 7}, 1.2, 1.2, cv::BORDER_REPLICATE);
  return picture;
}

}  // namespace

std::optional<Point> find_placement(SampleView picture, SampleView reference) {
  require_same_size(picture.width, picture.height, reference.width, reference.height, "placement");
  if (std::min(picture.width, picture.height) < 4 * kBorder) return std::nullopt;
  const cv::Mat here = blurred(picture), wanted = blurred(reference);
  const Slopes slopes = slopes_of(wanted);
  cv::Mat window;
  cv::createHanningWindow(window, here.size(), CV_32F);
  // Of copies: where it needs no padding, OpenCV puts the window onto what it is given.
  cv::Point2d shift = cv::phaseCorrelate(wanted.clone(), here.clone(), window);
  if (std::max(std::abs(shift.x), std::abs(shift.y)) > std::min(here.cols, here.rows) / 4.0) shift = {0, 0};
  for (int step = 0; step < kSteps; ++step) {
    shift = {kFinest * std::round(shift.x / kFinest), kFinest * std::round(shift.y / kFinest)};
    const cv::Mat back = (cv::Mat_<double>(2, 3) << 1, 0, shift.x, 0, 1, shift.y);
    cv::Mat moved;
    // Not by OpenCV's cubic filter, which moves slopes by up to a twentieth of a pixel more than it is told to.
    cv::warpAffine(here, moved, back, here.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
    const std::optional<cv::Point2d> left = what_is_left(moved, wanted, slopes);
    if (!left) return std::nullopt;
    shift += *left;
    if (std::hypot(left->x, left->y) < kFinest) break;
  }
  return Point{static_cast<float>(shift.x), static_cast<float>(shift.y)};
}

void Straying::add(double value) {
  all_ += value;
  sum_here_ += value;
  squares_here_ += value * value;
  ++here_;
}

void Straying::restart() {
  squares_ = squares();
  count_ += here_;
  here_ = sum_here_ = squares_here_ = 0;
}

double Straying::squares() const {
  return squares_ + (here_ > 0 ? std::max(0.0, squares_here_ - sum_here_ * sum_here_ / here_) : 0);
}

}  // namespace reelface
