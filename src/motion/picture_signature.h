// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <opencv2/core.hpp>

#include "reelface/core/rgb_image.h"

namespace reelface {

/// What the shot cut detector keeps of a frame: a few kilobytes.
struct PictureSignature {
  cv::Mat grey;                       ///< CV_32F, long side kLongSide, 0..255
  std::array<float, 48> histogram{};  ///< 16 soft bins each of red, green and blue; each colour sums to 1

  static constexpr int kLongSide = 64;
};

PictureSignature signature_of(RgbView8 picture);

/// How two pictures differ.
struct PictureDifference {
  double structure = 0;   ///< 0 = the same content, perhaps moved or brighter; about 1 = unrelated
  double colours = 0;     ///< 0..1, histogram distance
  double brightness = 0;  ///< mean absolute difference in grey levels, without any motion taken out
};

PictureDifference difference(const PictureSignature& first, const PictureSignature& second);

}  // namespace reelface
