// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "media/write/output_streams.h"
#include "media/write/output_target.h"
#include "reelface/media/video_writer.h"

namespace reelface {

/// Everything that is settled before the first byte is written; the encoder is open already.
struct OutputDecisions {
  OutputTarget target;
  SourceVideo video;
  std::optional<ContainerRules> rules;  ///< none for pictures
  std::vector<MappedStream> streams;
  std::vector<std::unique_ptr<SubtitleConverter>> subtitle_converters;  ///< by input stream
  std::unique_ptr<VideoEncoder> encoder;
  bool orientation_inside_stream = false;  ///< H.264 tells the turn itself, because the container cannot
  WritePlan plan;

  OutputContents contents(const SourceMedia& source, const WriteOptions& options) const {
    return {source, video, *encoder, *rules, streams, subtitle_converters, options};
  }
};

/// Throws Error(kUsage) for whatever cannot be done as asked, with what could be done instead.
OutputDecisions decide_output(const VideoReader& reader, const std::string& output, const WriteOptions& options);

}  // namespace reelface
