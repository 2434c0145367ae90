// SPDX-License-Identifier: Apache-2.0
#include "film/film_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "image/colour_conversion.h"
#include "image/component_view.h"
#include "motion/float_pictures.h"
#include "motion/resampling.h"

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

/// How far the samples of every second row are from what the motion leads to.
std::vector<float> differences_along(const cv::Mat& here, const cv::Mat& there, const Motion& way) {
  cv::Mat far;
  there.convertTo(far, CV_32F);
  const RowReader reader(far, Resampling::kLinear);
  std::vector<float> differences, room(static_cast<std::size_t>(here.cols));
  differences.reserve(here.total() / 2 + room.size());
  for (int y = 0; y < here.rows; y += 2) {
    const auto* const own = here.ptr<std::uint8_t>(y);
    const float* const found = reader.read(way, y, {0, here.cols}, room.data());
    for (int x = 0; x < here.cols; ++x) differences.push_back(static_cast<float>(own[x]) - found[x]);
  }
  return differences;
}

/// Whether most of the one picture is found again in the other.
bool is_found_again(const cv::Mat& here, const cv::Mat& there, const Motion& way) {
  const std::vector<float> differences = differences_along(here, there, way);
  const auto count = static_cast<double>(differences.size());
  // A film that flickers is still the same film.
  const double light = std::accumulate(differences.begin(), differences.end(), 0.0) / count;
  const auto missed = std::count_if(differences.begin(), differences.end(), [light](float difference) {
    return std::abs(difference - light) > kAnotherPicture;
  });
  return static_cast<double>(missed) <= kMostNotFound * count;
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
