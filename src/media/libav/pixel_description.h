// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/image/frame.h"

extern "C" {
#include <libavutil/pixfmt.h>
}

namespace reelface {

/// The planes and components of any libav pixel format. Throws for formats without memory of their own (hardware).
PixelLayout describe_pixel_format(AVPixelFormat format);

bool is_rgb(AVPixelFormat format);

/// The plain format behind one of the deprecated yuvj… names, which say "full range" in the name; others unchanged.
AVPixelFormat without_range_in_name(AVPixelFormat format);

}  // namespace reelface
