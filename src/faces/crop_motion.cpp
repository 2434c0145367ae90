#include "crop_motion.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

namespace reelface {
namespace {

constexpr int kLargestMotionPicture = 256;

cv::Mat map_of(const Motion& motion) {
  cv::Mat map(motion.size(), CV_32FC2);
  for (int row = 0; row < map.rows; ++row) {
    const auto* offset = motion.ptr<cv::Vec2f>(row);
    auto* place = map.ptr<cv::Vec2f>(row);
    for (int column = 0; column < map.cols; ++column) {
      place[column] = {static_cast<float>(column) + offset[column][0], static_cast<float>(row) + offset[column][1]};
    }
  }
  return map;
}

}  // namespace

cv::Mat as_matrix(RgbViewF crop) {
  return {crop.height, crop.width, CV_32FC3, const_cast<float*>(crop.samples),
          static_cast<std::size_t>(crop.row_stride) * sizeof(float)};
}

cv::Mat motion_picture(const cv::Mat& rgb) {
  cv::Mat grey, picture;
  cv::cvtColor(rgb, grey, cv::COLOR_RGB2GRAY);
  if (grey.cols > kLargestMotionPicture) {
    cv::resize(grey, grey, {kLargestMotionPicture, kLargestMotionPicture}, 0, 0, cv::INTER_AREA);
  }
  grey.convertTo(picture, CV_8U, 255);
  cv::GaussianBlur(picture, picture, {}, 1.2);
  return picture;
}

Motion find_motion(const cv::Mat& here, const cv::Mat& there, MotionPrecision precision) {
  // Equal pictures must give no motion at all, not a small one; and the search cannot work on very small ones.
  constexpr int kSmallest = 32;
  if (here.cols < kSmallest || cv::norm(here, there, cv::NORM_INF) == 0) return {};
  const auto search = cv::DISOpticalFlow::create(
      precision == MotionPrecision::kFine ? cv::DISOpticalFlow::PRESET_FAST : cv::DISOpticalFlow::PRESET_ULTRAFAST);
  Motion motion;
  search->calc(here, there, motion);
  // A search gone astray in flat places must not fetch pixels from the other end of the crop, or from nowhere.
  const float most = 0.25F * static_cast<float>(here.cols);
  motion.forEach<cv::Vec2f>([most](cv::Vec2f& offset, const int*) {
    for (float& length : offset.val) length = std::isfinite(length) ? std::clamp(length, -most, most) : 0;
  });
  return motion;
}

Motion chained(const Motion& first, const Motion& second) {
  if (first.empty()) return second;
  if (second.empty()) return first;
  return first + moved(second, first, cv::INTER_LINEAR);
}

Motion resized(const Motion& motion, int side) {
  if (motion.empty() || motion.cols == side) return motion;
  Motion result;
  cv::resize(motion, result, {side, side}, 0, 0, side < motion.cols ? cv::INTER_AREA : cv::INTER_LINEAR);
  return result * (static_cast<double>(side) / motion.cols);
}

cv::Mat moved(const cv::Mat& there, const Motion& motion, int interpolation) {
  if (motion.empty()) return there;
  cv::Mat result;
  cv::remap(there, result, map_of(motion), cv::noArray(), interpolation, cv::BORDER_REPLICATE);
  return result;
}

double typical_length(const Motion& motion) {
  if (motion.empty()) return 0;
  return std::sqrt(cv::norm(motion, cv::NORM_L2SQR) / static_cast<double>(motion.total()));
}

}  // namespace reelface
