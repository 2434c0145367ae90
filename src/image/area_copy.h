// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include "reelface/image/frame.h"

namespace reelface {

/// The area (CV_8U, as large as the frame's luma, 255 where it holds) and all of each chroma sample that it has a part
/// in.
cv::Mat with_whole_chroma(const cv::Mat& area, const PixelLayout& layout);

/// Copies the samples of one frame into another of the same format, where an area as above says so; alpha with them.
/// `to` must be writable.
void copy_area(const Frame& from, const cv::Mat& area, Frame& to);

}  // namespace reelface
