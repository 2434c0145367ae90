// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reelface/core/cancel_token.h"
#include "reelface/media/media_info.h"

namespace reelface {

/// A decoded frame, as `ffmpeg -f framemd5` tells of it.
struct FrameDigest {
  std::int64_t time = 0;      ///< ticks of the stream's time base
  std::int64_t duration = 0;  ///< ticks
  std::int64_t bytes = 0;     ///< of its samples, rows without padding
  std::string md5;
};

/// A stream that is not decoded: what each of its packets holds, in order.
struct StreamDigests {
  StreamInfo stream;
  std::vector<std::uint64_t> packets;  ///< see core/content_digest.h
};

/// What a film holds, decoded and read through to its end.
struct FileContents {
  VideoInfo video;
  std::vector<FrameDigest> frames;
  std::vector<StreamDigests> copied;  ///< every stream with packets but the video that is decoded, in the file's order
};

/// Memory: a few bytes for each frame and packet. Throws as VideoReader does.
FileContents contents_of(const std::string& path, const CancelToken* cancel = nullptr);

/// The frames as a list that
///   ffmpeg -i FILE -map 0:v:0 -fps_mode passthrough -enc_time_base demux -bitexact -f framemd5 -
/// writes as well, but for durations. Before FFmpeg 6.1, `demux` was called -1.
std::string frame_md5_list(const FileContents& contents);

/// The lines of such a list. Throws Error(kUsage) naming the line that is none.
std::vector<FrameDigest> read_frame_md5_list(const std::string& text);

/// Whether all packets of `part` are in `whole`, in the same order. A piece of a film has some of them.
bool is_taken_from(const StreamDigests& part, const StreamDigests& whole);

}  // namespace reelface
