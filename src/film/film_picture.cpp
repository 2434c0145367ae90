// SPDX-License-Identifier: Apache-2.0
#include "film/film_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "image/colour_conversion.h"
#include "image/component_view.h"
#include "motion/float_pictures.h"

namespace reelface {
namespace {

constexpr int kMostLongSide = 640;      // of the picture that motion is looked for on
constexpr double kBlur = 1.2;           // pixels of it: grain has no motion worth following
constexpr double kAnotherPicture = 24;  // levels: that far off, a sample was not found again
constexpr double kMostNotFound = 0.25;  // of all samples

}  // namespace

cv::Mat grey_picture(const Frame& frame) {
  const ColourConversion colour = colour_conversion(frame.facts());
  const bool is_rgb = frame.facts().layout.family == ColourFamily::kRgb;
  const std::array<double, 3> weights =
      is_rgb ? std::array<double, 3>{0.2126, 0.7152, 0.0722} : std::array<double, 3>{1, 0, 0};
  const double scale = 255 / (colour.legal[0].highest - colour.legal[0].lowest);
  cv::Mat grey(frame.facts().height, frame.facts().width, CV_32F);
  for (int y = 0; y < grey.rows; ++y) {
    auto* const row = grey.ptr<float>(y);
    std::fill(row, row + grey.cols, static_cast<float>(-scale * colour.black[0]));
    for (int component = 0; component < (is_rgb ? 3 : 1); ++component) {
      accumulate_samples(view_component(frame, component), 0, y, grey.cols,
                         static_cast<float>(scale * weights[component]), row);
    }
  }
  return grey;
}

cv::Mat film_motion_picture(const cv::Mat& grey) {
  const double scale = std::min(1.0, static_cast<double>(kMostLongSide) / std::max(grey.cols, grey.rows));
  const auto side = [scale](int length) { return std::max(1, static_cast<int>(std::lround(length * scale))); };
  cv::Mat small;
  resized_to(grey, {side(grey.cols), side(grey.rows)}, cv::INTER_AREA).convertTo(small, CV_8U);
  cv::GaussianBlur(small, small, {}, kBlur);
  return small;
}

namespace {

/// Whether most of the one picture is found again in the other.
bool is_found_again(const cv::Mat& here, const cv::Mat& there, const Motion& way) {
  cv::Mat near, far;
  here.convertTo(near, CV_32F);
  there.convertTo(far, CV_32F);
  const cv::Mat difference = near - moved(far, way, Resampling::kLinear);
  const double light = cv::mean(difference)[0];  // a film that flickers is still the same film
  const int missed = cv::countNonZero(cv::abs(difference - cv::Scalar(light)) > kAnotherPicture);
  return missed <= kMostNotFound * static_cast<double>(near.total());
}

}  // namespace

FilmMotion find_film_motion(const cv::Mat& earlier, const cv::Mat& later) {
  FilmMotion result;
  if (earlier.size() != later.size()) return result;
  result.motion = find_motion(earlier, later);
  result.is_known = is_found_again(later, earlier, result.motion.to_earlier) &&
                    is_found_again(earlier, later, result.motion.to_later);
  return result;
}

const FilmMotion& FilmStep::motion() const {
  std::call_once(once_, [this] { motion_ = find_film_motion(earlier_, later_); });
  return motion_;
}

}  // namespace reelface
