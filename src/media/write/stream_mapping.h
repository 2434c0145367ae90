// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "media/formats/container_rules.h"
#include "media/libav/source_media.h"
#include "reelface/media/video_writer.h"

namespace reelface {

/// What becomes of one input stream, for the program and, in `plan`, for people.
struct MappedStream {
  enum class Way {
    kEncode,           ///< the video we restore
    kCopy,             ///< its packets as they are
    kConvertSubtitle,  ///< its text in another spelling
    kAttachCover,      ///< cover art as an attached file
    kLeaveOut          ///< not wanted, not possible, or made anew by the muxer
  };
  Way way = Way::kCopy;
  const AVStream* input = nullptr;
  AVCodecID convert_to = AV_CODEC_ID_NONE;
  StreamPlan plan;
};

/// One entry for each input stream, in order. Throws Error(kUsage), naming every stream the container cannot hold and
/// a container that can, unless the options say drop. `rules` is null for pictures, which hold nothing else.
std::vector<MappedStream> map_streams(const SourceMedia& source, const ContainerRules* rules,
                                      const WriteOptions& options);

/// "stream 3 (subtitle, subrip, eng)".
std::string describe_stream(const AVStream& stream);

/// Takes a stream that turned out not to fit out of the mapping, or throws as map_streams() does.
void leave_out(MappedStream& stream, const std::string& reason, const WriteOptions& options);

}  // namespace reelface
