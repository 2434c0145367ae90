// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "media/libav/ptr.h"

namespace reelface {

struct PixelFormatChoice {
  AVPixelFormat format = AV_PIX_FMT_NONE;
  bool changed = false;  ///< samples are rearranged or converted
  std::string loss;      ///< what gets lost, in plain words; empty = nothing
};

/// The source's own format if the encoder takes it, else the nearest, without loss wherever there is one.
/// `accepted` empty = the encoder takes anything.
PixelFormatChoice choose_pixel_format(AVPixelFormat source, const std::vector<AVPixelFormat>& accepted);

/// The format with this name if the encoder takes it; else throws Error(kUsage) that lists those it takes.
AVPixelFormat named_pixel_format(const std::string& name, const AVCodec& encoder);

/// What changing from one format to the other loses, in plain words; empty = nothing.
std::string describe_loss(AVPixelFormat from, AVPixelFormat to);

}  // namespace reelface
