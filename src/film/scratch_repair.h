// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include "film/scratches.h"
#include "reelface/image/frame.h"

namespace reelface {

/// A scratch and what it covers.
struct Scratch {
  VerticalLine line;
  int half_width = 1;  ///< samples to either side of its middle
  cv::Rect box;
  int area = 0;
  double contrast = 0;  ///< grey levels, on average
};

/// How wide it is, and where. `grey` is the frame's.
Scratch measured_scratch(const VerticalLine& line, const cv::Mat& grey);

/// CV_8U, of the box' size: 255 where the frame is repaired.
cv::Mat mask_of(const Scratch& scratch, cv::Size frame);

/// Takes a scratch out across, from what lies on its sides and what is still seen under it, grain included; in the
/// frame's own planes and codes. No other sample changes. The frame must be writable and editable.
void mend_scratch(Frame& frame, const Scratch& scratch);

}  // namespace reelface
