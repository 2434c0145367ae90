// SPDX-License-Identifier: Apache-2.0
#include "picture_motion.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

#include "float_pictures.h"

namespace reelface {
namespace {

constexpr int kLargestMotionPicture = 256;

}  // namespace

cv::Mat motion_picture(const cv::Mat& rgb) {
  cv::Mat grey, picture;
  cv::cvtColor(rgb, grey, cv::COLOR_RGB2GRAY);
  const int longer = std::max(grey.cols, grey.rows);
  if (longer > kLargestMotionPicture) {
    const double scale = static_cast<double>(kLargestMotionPicture) / longer;
    const auto shrunken = [scale](int side) { return std::max(1, static_cast<int>(std::lround(side * scale))); };
    cv::resize(grey, grey, {shrunken(grey.cols), shrunken(grey.rows)}, 0, 0, cv::INTER_AREA);
  }
  grey.convertTo(picture, CV_8U, 255);
  cv::GaussianBlur(picture, picture, {}, 1.2);
  return picture;
}

namespace {

/// A search gone astray in flat places must not fetch pixels from the other end of the picture, or from nowhere.
void keep_within_reach(Motion& motion) {
  const float most = 0.25F * static_cast<float>(std::max(motion.cols, motion.rows));
  for (int row = 0; row < motion.rows; ++row) {
    auto* offset = motion.ptr<float>(row);
    for (int index = 0; index < 2 * motion.cols; ++index) {
      offset[index] = std::isfinite(offset[index]) ? std::clamp(offset[index], -most, most) : 0;
    }
  }
}

/// One for each thread: it keeps its pictures, and claiming them anew takes a third of a search's time. It also keeps
/// the settings that it has chosen for a very small picture, with which the next one would be searched otherwise than
/// by a new one; so they are set again.
cv::DISOpticalFlow& search_of_this_thread() {
  constexpr int kFinestScale = 2, kPatchSize = 8;  // of the preset
  static thread_local const cv::Ptr<cv::DISOpticalFlow> search =
      cv::DISOpticalFlow::create(cv::DISOpticalFlow::PRESET_FAST);
  search->setFinestScale(kFinestScale);
  search->setPatchSize(kPatchSize);
  return *search;
}

}  // namespace

MotionBothWays find_motion(const cv::Mat& earlier, const cv::Mat& later) {
  // Equal pictures must give no motion at all, not a small one; and the search cannot work on very small ones.
  constexpr int kSmallest = 32;
  MotionBothWays motion;
  if (std::min(earlier.cols, earlier.rows) < kSmallest || cv::norm(earlier, later, cv::NORM_INF) == 0) return motion;
  search_of_this_thread().calc(later, earlier, motion.to_earlier);
  search_of_this_thread().calc(earlier, later, motion.to_later);
  keep_within_reach(motion.to_earlier);
  keep_within_reach(motion.to_later);
  return motion;
}

Motion chained(const Motion& first, const Motion& second) {
  if (first.empty()) return second;
  if (second.empty()) return first;
  return first + moved(second, first, Resampling::kLinear);
}

Motion resized(const Motion& motion, cv::Size size) {
  if (motion.empty() || motion.size() == size) return motion;
  const double across = static_cast<double>(size.width) / motion.cols;
  const double down = static_cast<double>(size.height) / motion.rows;
  if (across == down && across > 1) return resized_to(motion * across, size);  // the smaller of the two is scaled
  Motion result = resized_to(motion, size);
  if (across == down) return result * across;
  cv::multiply(result, cv::Scalar(across, down), result);
  return result;
}

cv::Mat moved(const cv::Mat& there, const Motion& motion, Resampling resampling) {
  if (motion.empty()) return there;
  return read_at_offsets(there, motion, resampling);
}

double typical_length(const Motion& motion) {
  if (motion.empty()) return 0;
  return std::sqrt(cv::norm(motion, cv::NORM_L2SQR) / static_cast<double>(motion.total()));
}

}  // namespace reelface
