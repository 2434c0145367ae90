// SPDX-License-Identifier: Apache-2.0
#include "film/frame_change.h"

#include <opencv2/imgproc.hpp>

#include "film/global_motion.h"

namespace reelface {
namespace {

/// What the frame before looked like from here, and where it was seen.
struct Matched {
  cv::Mat picture;
  cv::Mat valid;
};

Matched matched(const cv::Mat& before, const cv::Mat& now) {
  const GlobalMotion motion = find_global_motion(before, now);
  const cv::Point2d shift = motion.is_known ? motion.shift : cv::Point2d();
  const cv::Matx23d map(1, 0, shift.x, 0, 1, shift.y);
  Matched result;
  cv::warpAffine(before, result.picture, map, before.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  cv::warpAffine(cv::Mat(before.size(), CV_8U, cv::Scalar(1)), result.valid, map, before.size(), cv::INTER_NEAREST,
                 cv::BORDER_CONSTANT, 0);
  return result;
}

}  // namespace

std::optional<cv::Point2d> shift_between(const MotionCopy& before, const MotionCopy& now) {
  const GlobalMotion motion = find_global_motion(before.grey, now.grey);
  if (!motion.is_known) return std::nullopt;
  return cv::Point2d(motion.shift.x * now.scale.x, motion.shift.y * now.scale.y);
}

std::optional<ToneChange> tone_between(const MotionCopy& before, const MotionCopy& now) {
  const Matched match = matched(before.grey, now.grey);
  const ToneChange change = measure_tone_change(match.picture, now.grey, match.valid);
  if (!change.is_known) return std::nullopt;
  return change;
}

}  // namespace reelface
