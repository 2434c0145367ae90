// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "media/encode/source_video.h"
#include "media/encode/video_encoder.h"
#include "media/write/stream_mapping.h"
#include "media/write/subtitle_converter.h"

namespace reelface {

/// Everything that is known about the output file before it is opened.
struct OutputContents {
  const SourceMedia& source;
  const SourceVideo& video;
  const VideoEncoder& encoder;
  const ContainerRules& rules;
  const std::vector<MappedStream>& streams;
  /// By input stream; null where nothing is converted.
  const std::vector<std::unique_ptr<SubtitleConverter>>& subtitle_converters;
  const WriteOptions& options;
};

/// A muxer with all its streams, tags and chapters, and nothing written yet.
struct OutputStreams {
  OutputFormatPtr format;
  std::vector<int> stream_map;  ///< output stream of each input stream, -1 if it has none
  int video = -1;
};
OutputStreams make_output_streams(const OutputContents& contents);

/// Options for avformat_write_header(), the user's own included.
void set_muxer_options(Dictionary& options, const OutputContents& contents, const OutputStreams& streams);

/// True if the source is turned or mirrored for display.
bool has_orientation(const SourceMedia& source);

}  // namespace reelface
