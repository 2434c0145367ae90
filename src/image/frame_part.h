// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "reelface/image/frame.h"

namespace reelface {

/// A part of a frame as a frame of its own that shares the samples: to be looked at, not changed. Every plane must have
/// a sample where it begins.
Frame frame_part(const Frame& frame, const PictureArea& area);

/// Gives such a part to `change`, which may change its samples; the others stay. Not for keeping.
void change_part(Frame& frame, const PictureArea& area, const std::function<void(Frame&)>& change);

/// The middle of a frame, at most so large.
Frame middle_part(const Frame& frame, int most_width, int most_height);

}  // namespace reelface
