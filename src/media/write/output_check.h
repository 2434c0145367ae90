// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "media/libav/ptr.h"

namespace reelface {

/// What a finished file has to show when it is opened again.
struct OutputExpectation {
  unsigned streams = 0;  ///< at least; some containers show chapters or a time code as one more
  int video_stream = 0;
  AVCodecID video_codec = AV_CODEC_ID_NONE;
  std::int64_t video_packets = 0;
};

/// Reads the file once from end to end and throws Error(kOutputUnwritable) if streams or video packets are missing, or
/// the video is taken for something else. `format` is the muxer that wrote it; formats that cannot be recognised by
/// their contents are not checked.
void check_output(const std::string& path, const AVOutputFormat& format, const OutputExpectation& expected);

}  // namespace reelface
