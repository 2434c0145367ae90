// SPDX-License-Identifier: Apache-2.0
#include "film/motion_copy.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "image/small_copy.h"

namespace reelface {
namespace {

constexpr int kMostLongSide = 480;
constexpr int kLeastLongSide = 64;

}  // namespace

MotionCopy motion_copy(const Frame& frame) {
  // At most half as large as the frame, so that single samples, and their noise, do not count.
  const int long_side = std::max(frame.facts().width, frame.facts().height);
  const GreyImage8 small = make_grey_copy(frame, std::min(kMostLongSide, std::max(long_side / 2, kLeastLongSide)));
  MotionCopy copy;
  const cv::Mat bytes(small.height, small.width, CV_8U, const_cast<std::uint8_t*>(small.samples.data()));
  bytes.convertTo(copy.grey, CV_32F);
  cv::GaussianBlur(copy.grey, copy.grey, {}, 0.8);
  copy.scale = {static_cast<double>(frame.facts().width) / small.width,
                static_cast<double>(frame.facts().height) / small.height};
  return copy;
}

}  // namespace reelface
