// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/core/rgb_image.h"
#include "reelface/image/affine.h"
#include "reelface/image/frame.h"

namespace reelface {

/// In samples of luma.
struct FrameSize {
  int width = 0;
  int height = 0;
};

inline bool operator==(const FrameSize& left, const FrameSize& right) {
  return left.width == right.width && left.height == right.height;
}
inline bool operator!=(const FrameSize& left, const FrameSize& right) {
  return !(left == right);
}

FrameSize size_of(const FrameFacts& facts);

/// Frame coordinates to those of the resized picture: pixel centres, so x' = factor·x + (factor − 1)/2. A face is
/// pasted there with chain(resizing_map(from, to).inverse(), frame_to_crop).
Affine resizing_map(FrameSize from, FrameSize to);

/// What is known about the resized frame: everything as before but the size, and where a fitted picture stands in it.
/// Throws Error(kUsage) for more than four times the size.
FrameFacts resized_facts(const FrameFacts& facts, FrameSize size);

/// Every component, alpha too, resized on its own grid with a Lanczos window of three lobes. Format, depth, range and
/// the place of the chroma samples stay. The frame's own size gives a copy that shares its samples.
Frame resized_frame(const Frame& frame, FrameSize size);

/// A picture as resized_frame() would resize it.
RgbImageF lanczos_resized(const RgbViewF& picture, FrameSize size);

}  // namespace reelface
