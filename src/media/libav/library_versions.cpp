// SPDX-License-Identifier: Apache-2.0
#include "media/libav/library_versions.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libswscale/swscale.h>
}

namespace reelface {
namespace {

std::string spelled(unsigned version) {
  return std::to_string(AV_VERSION_MAJOR(version)) + "." + std::to_string(AV_VERSION_MINOR(version)) + "." +
         std::to_string(AV_VERSION_MICRO(version));
}

}  // namespace

std::vector<LibraryVersion> libav_versions() {
  return {{"FFmpeg", av_version_info()},
          {"libavutil", spelled(avutil_version())},
          {"libavcodec", spelled(avcodec_version())},
          {"libavformat", spelled(avformat_version())},
          {"libavfilter", spelled(avfilter_version())},
          {"libswscale", spelled(swscale_version())}};
}

}  // namespace reelface
