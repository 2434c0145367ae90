// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <opencv2/core.hpp>
#include <utility>

#include "motion/picture_motion.h"
#include "reelface/image/frame.h"

namespace reelface {

/// Grey, CV_32F, 0 = black, 255 = white, as large as the frame. Only for editable layouts.
cv::Mat grey_picture(const Frame& frame);

/// What motion between whole frames is looked for on: grey, CV_8U, lightly blurred, at most 640 pixels long.
cv::Mat film_motion_picture(const cv::Mat& grey);

/// What happened between two neighbouring frames.
struct FilmMotion {
  MotionBothWays motion;  ///< of the pictures it was found on
  bool is_known = false;  ///< false across a cut, and where so much moved that it was not followed
};

FilmMotion find_film_motion(const cv::Mat& earlier, const cv::Mat& later);

/// The same, found once by whoever asks first. Thread-safe.
class FilmStep {
 public:
  FilmStep(cv::Mat earlier, cv::Mat later) : earlier_(std::move(earlier)), later_(std::move(later)) {}
  const FilmMotion& motion() const;

 private:
  cv::Mat earlier_, later_;
  mutable std::once_flag once_;
  mutable FilmMotion motion_;
};

}  // namespace reelface
