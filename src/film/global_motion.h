// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace reelface {

/// How the whole picture moved from one frame to the next, and how sure that is.
struct GlobalMotion {
  cv::Point2d shift;      ///< what is at p before is at p + shift now, in pixels of the pictures given
  double agreement = 0;   ///< share of the textured samples that moved so, 0..1
  bool is_known = false;  ///< false: too little texture, or the pictures have nothing in common
};

/// Finds the shift that most of the picture made; what moves by itself and changes of brightness do not matter. Both
/// pictures grey (CV_32F, 0..255), of equal size, and smooth enough that grain does not count (halved pictures are).
/// Pure; may run in parallel.
GlobalMotion find_global_motion(const cv::Mat& before, const cv::Mat& now);

}  // namespace reelface
