// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "media/libav/ptr.h"
#include "reelface/media/media_info.h"

namespace reelface {

/// Rate of the video: as given, else as the container or codec say; 0/1 when nobody knows.
AVRational frame_rate_of(AVFormatContext& format, int video_stream);

/// Everything the container says. Colour, size and orientation of the video are overwritten by what the first frame
/// says, where there is one.
MediaInfo describe_media(const std::string& path, AVFormatContext& format, int video_stream, const Frame* first_frame);

/// The stream's own display matrix.
DisplayOrientation stream_orientation(const AVStream& stream);

}  // namespace reelface
