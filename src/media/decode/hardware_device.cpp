// SPDX-License-Identifier: Apache-2.0
#include "media/decode/hardware_device.h"

extern "C" {
#include <libavutil/hwcontext.h>
}

#include "media/libav/error.h"
#include "media/libav/frame_storage.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

HardwareDevice try_device(AVHWDeviceType type, const AVCodec& codec) {
  for (int index = 0; const AVCodecHWConfig* config = avcodec_get_hw_config(&codec, index); ++index) {
    if (config->device_type != type || (config->methods & AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX) == 0) continue;
    AVBufferRef* context = nullptr;
    if (av_hwdevice_ctx_create(&context, type, nullptr, nullptr, 0) < 0) return {};
    HardwareDevice device;
    device.context.reset(context);
    device.format = config->pix_fmt;
    return device;
  }
  return {};
}

}  // namespace

HardwareDevice open_hardware_device(const std::string& type_name, const AVCodec& codec) {
  if (type_name.empty() || type_name == "none") return {};
  HardwareDevice device;
  if (type_name == "auto") {
    for (AVHWDeviceType type = av_hwdevice_iterate_types(AV_HWDEVICE_TYPE_NONE);
         type != AV_HWDEVICE_TYPE_NONE && !device; type = av_hwdevice_iterate_types(type)) {
      device = try_device(type, codec);
    }
  } else {
    const AVHWDeviceType type = av_hwdevice_find_type_by_name(type_name.c_str());
    if (type != AV_HWDEVICE_TYPE_NONE) device = try_device(type, codec);
  }
  if (!device) {
    log_warning("no hardware decoder '" + printable(type_name) + "' for " + codec.name + "; decoding in software");
  }
  return device;
}

FramePtr download_frame(const AVFrame& frame) {
  FramePtr copy = new_frame();
  check_libav(av_hwframe_transfer_data(copy.get(), &frame, 0), "fetching a picture from the decoding device",
              ExitCode::kInternal, "decode in software instead");
  check_libav(av_frame_copy_props(copy.get(), &frame), "fetching a picture's facts", ExitCode::kInternal);
  return copy;
}

}  // namespace reelface
