// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "media/libav/compat.h"

namespace reelface {

/// A device that decodes, and the pixel format its frames have while they live there.
struct HardwareDevice {
  BufferRefPtr context;
  AVPixelFormat format = AV_PIX_FMT_NONE;

  explicit operator bool() const { return context != nullptr; }
};

/// Opens the device of that libav type ("cuda", "vaapi"…; "auto" = the first that works) if `codec` can use it.
/// Warns and gives an empty device when it cannot be had: software decodes everything as well.
HardwareDevice open_hardware_device(const std::string& type_name, const AVCodec& codec);

/// The frame in ordinary memory, with its facts. Throws when the device refuses.
FramePtr download_frame(const AVFrame& frame);

}  // namespace reelface
