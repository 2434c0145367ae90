// SPDX-License-Identifier: Apache-2.0
#include "motion/upscaling_limits.h"

#include <opencv2/imgproc.hpp>
#include <vector>

#include "image/opencv_view.h"
#include "image/resized_frame.h"
#include "motion/kept_share.h"

namespace reelface {
namespace {

// How far colours go around a pixel, of 0..1: up to the first it is flat ground, from the second on something is to be
// seen. A network is never quite right on flat ground, and its last tenths of a level would become a pattern.
constexpr double kFlat = 0.75 / 255, kDrawn = 3.0 / 255;
constexpr double kMostBeyond = 8.0 / 255;
constexpr int kAround = 5;

/// 0 on flat ground, 1 where something is to be seen, at this size.
cv::Mat share_of_detail(const cv::Mat& lowest, const cv::Mat& highest, cv::Size size) {
  const cv::Mat range = highest - lowest;
  std::vector<cv::Mat> colours;
  cv::split(range, colours);
  cv::Mat share = cv::max(colours[0], cv::max(colours[1], colours[2]));
  share = (share - kFlat) / (kDrawn - kFlat);
  cv::min(share, 1.0, share);
  cv::max(share, 0.0, share);
  cv::resize(share, share, size, 0, 0, cv::INTER_LINEAR);
  return share;
}

}  // namespace

void hold_back_upscaling(RgbViewF picture, RgbImageF& enlarged) {
  const cv::Mat small = opencv_view(picture), around = cv::Mat::ones(kAround, kAround, CV_8U);
  const cv::Size size(enlarged.width, enlarged.height);
  cv::Mat highest, lowest, bound;
  cv::dilate(small, highest, around);
  cv::erode(small, lowest, around);
  const cv::Mat share = share_of_detail(lowest, highest, size);
  cv::Mat result = opencv_view(enlarged.view());
  cv::resize(highest + cv::Scalar::all(kMostBeyond), bound, size, 0, 0, cv::INTER_NEAREST);
  cv::min(result, bound, result);
  cv::resize(lowest - cv::Scalar::all(kMostBeyond), bound, size, 0, 0, cv::INTER_NEAREST);
  cv::max(result, bound, result);
  keep_share(share, lanczos_resized(picture, {enlarged.width, enlarged.height}).view(), enlarged);
}

}  // namespace reelface
