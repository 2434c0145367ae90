// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "reelface/core/rgb_image.h"
#include "reelface/image/affine.h"
#include "reelface/image/frame.h"

namespace reelface {

/// A small picture of a frame as a viewer sees it (turned, square pixels), and the way back to the stored samples.
struct SmallCopy {
  RgbImage8 picture;
  Affine to_coded;    ///< a point of the small picture to the frame's own coordinates
  Affine from_coded;  ///< and back
};

/// Averages over areas, straight from the planes. Never enlarges: a frame whose sides fit keeps its size. Of a frame
/// with black bars (FrameFacts::fitted) it is the picture between them; coordinates are the frame's own all the same.
SmallCopy make_small_copy(const Frame& frame, int long_side);

/// Of a part of a frame, as if it were all there is; coordinates are the whole frame's.
SmallCopy make_small_copy(const Frame& frame, const PictureArea& area, int long_side);

/// Luma only, as stored (neither turned nor square), 0 = black, 255 = white.
struct GreyImage8 {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> samples;
};

/// For comparing frames in time: cheap, and blind to grain.
GreyImage8 make_grey_copy(const Frame& frame, int long_side);

}  // namespace reelface
