// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "media/libav/ptr.h"
#include "reelface/image/frame.h"

extern "C" {
#include <libavcodec/bsf.h>
}

namespace reelface {

/// A libav bitstream filter that gives one packet for each it gets. Thread-safety: one call at a time.
class BitstreamFilter {
 public:
  /// `options` as on ffmpeg's command line: "name=key=value:key=value".
  BitstreamFilter(const char* options, const AVCodecContext& encoder);

  void filter(AVPacket& packet, const std::function<void(AVPacket&)>& sink);

 private:
  LibavPtr<AVBSFContext, av_bsf_free> context_;
};

/// Makes an H.264 stream say by itself how it is turned for display.
BitstreamFilter h264_orientation_filter(const DisplayOrientation& orientation, const AVCodecContext& encoder);

}  // namespace reelface
