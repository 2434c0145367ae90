// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "reelface/image/frame.h"

namespace reelface {

/// What the lines at the bottom of one frame are like, where tapes are torn aside by the change of heads.
struct BottomLines {
  cv::Mat lines;                ///< grey, narrowed, without their means; from the first that may be torn minus as many
  std::vector<double> torn;     ///< for each that may be torn: 1 if it is like those above, moved aside; else 0
  std::vector<double> alike;    ///< correlation with the same line of the frame before; empty where there was none
  double above_alike = 0;       ///< the same of the lines above them, on average
  bool above_is_clear = false;  ///< the lines above tell enough to judge by
};

/// `grey` as grey_picture() makes it; `before` is of the frame before, or null. Pure.
BottomLines measure_bottom_lines(const cv::Mat& grey, const BottomLines* before);

/// How many lines at the bottom are torn in nearly all of these frames, and change from frame to frame where those
/// above do not. 0 where too little is known.
int count_switching_lines(const std::vector<const BottomLines*>& frames);

/// The frame with so many lines at the bottom filled: those above them, mirrored. All else stays bit for bit. Only for
/// editable layouts.
Frame with_bottom_filled(const Frame& frame, int lines);

}  // namespace reelface
