// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

namespace reelface {

/// Pictures are looked at in squares of this many pixels.
inline constexpr int kBlock = 16;

/// What squares of one picture look like. CV_8U, one element for each square, 255 where it holds; squares at the right
/// and bottom edge may reach beyond the picture.
struct BlockSigns {
  cv::Mat plain;  ///< one colour, or nearly: no edge, no noise
  cv::Mat drawn;  ///< few colours and edges of one pixel: letters, lines
  cv::Mat toned;  ///< everything else: what a camera sees
};

/// Of a grey picture, CV_8U.
BlockSigns block_signs(const cv::Mat& grey);

/// Where two pictures of one size differ by more than a codec leaves of what stands still; likewise 255.
cv::Mat changed_blocks(const cv::Mat& before, const cv::Mat& now);

}  // namespace reelface
