// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "aligned_frames.h"
#include "evidence/face_regions.h"
#include "image/resized_frame.h"

namespace reelface {

/// Whether two pictures can be held against each other once one of them is resized: that both have one shape, up to a
/// few samples of rounding.
bool have_one_shape(FrameSize left, FrameSize right);

/// Frames of other sizes are resized to `size` (Lanczos); those that have it stay.
void bring_to_one_size(AlignedFrames& frames, FrameSize size);

/// Faces that were found in a frame of another size.
void move_faces(std::vector<RegionFace>& faces, FrameSize from, FrameSize to);

}  // namespace reelface
