// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include "reelface/image/frame.h"

namespace reelface {

/// The frame with every sample moved by `shift` pixels, in its own format and depth: what was at p is at p + shift.
/// Whole pixels are copied exactly; between them a windowed sinc of eight samples is used for all components. What
/// comes in at the edge mirrors the picture. Only for editable layouts.
Frame shifted_frame(const Frame& frame, cv::Point2d shift);

/// The same of its colours alone; brightness stays bit for bit. For layouts that keep colours apart.
Frame with_shifted_colours(const Frame& frame, cv::Point2d shift);

}  // namespace reelface
