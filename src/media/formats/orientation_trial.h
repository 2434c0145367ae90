// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/libav/ptr.h"

namespace reelface {

/// Whether files of this format say how their video is turned for display, found out by writing one to memory and
/// reading it. What libav's muxers know differs between its versions, and no table of versions says it.
bool keeps_orientation(const AVOutputFormat& format, AVCodecID codec);

}  // namespace reelface
