// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <opencv2/core.hpp>
#include <vector>

#include "motion/picture_motion.h"

namespace reelface {

/// Another frame that shows what this one should show, and where each of its samples is there.
struct Reference {
  int offset = 0;    ///< −1: the frame before
  cv::Mat grey;      ///< as it is
  Motion motion;     ///< CV_32FC2, of the frame's size; from this frame to that
  cv::Mat matched;   ///< the reference moved onto this frame, and in its light
  double light = 0;  ///< grey levels that this frame is brighter by, all over
};

/// One frame between two references, in most cases the frames before and behind it; at the ends of a shot, two on the
/// same side. Grey, CV_32F, 0..255.
struct MatchedFrames {
  cv::Mat now;
  std::array<Reference, 2> references;
  double noise = 0;  ///< rms, what is left when a reference is taken away
};

/// The box and `margin` samples on each side of it, as far as a picture of this size goes.
cv::Rect around(const cv::Rect& box, int margin, cv::Size size);

/// The references' motions may be smaller than the pictures.
MatchedFrames match_frames(const cv::Mat& now, std::array<Reference, 2> references);

/// Motion inside these boxes, where something hides the picture, as it is around them; matched anew.
void bridge_motion(MatchedFrames& frames, const cv::Mat& hidden, const std::vector<cv::Rect>& boxes);

}  // namespace reelface
