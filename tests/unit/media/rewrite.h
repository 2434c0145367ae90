// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "reelface/core/error.h"
#include "reelface/media/video_reader.h"
#include "reelface/media/video_writer.h"
#include "support/generated_media.h"

namespace reelface::testing {

/// Reads `input` and writes every frame and packet to `output`, unchanged.
inline WriteSummary rewrite(const std::string& input, const std::string& output, const WriteOptions& options = {}) {
  ReadOptions reading;
  reading.deinterlace = Deinterlace::kOff;
  VideoReader reader(input, reading);
  VideoWriter writer(reader, output, options);
  while (std::optional<MediaUnit> unit = reader.next()) {
    for (const EncodedPacketPtr& packet : unit->packets) writer.write(packet);
    if (unit->frame) writer.write(std::move(*unit->frame));
  }
  return writer.finish();
}

/// The error a call ends with; kDone and no words when it does not.
struct Refusal {
  ExitCode code = ExitCode::kDone;
  std::string message;
  std::string advice;
};
template <class Call>
Refusal refusal_of(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return {error.exit_code(), error.what(), error.advice()};
  }
  return {};
}

inline WriteOptions with_codec(const std::string& codec) {
  WriteOptions options;
  options.codec = codec;
  return options;
}

/// One MD5 for each decoded frame of the first video stream, by the ffmpeg program. `pixel_format` converts first.
inline std::string frame_sums(const std::string& path, const std::string& pixel_format = {}) {
  return output_of("ffmpeg -nostdin -v error -noautorotate -i " + quoted(path) + " -map 0:v:0 -fps_mode passthrough " +
                   (pixel_format.empty() ? "" : "-pix_fmt " + pixel_format) +
                   " -f framemd5 - | grep -v '^#' | sed 's/.*,//'");
}

/// Stamps in seconds of the decoded frames of the first video stream, first one 0.
inline std::string frame_times(const std::string& path) {
  return output_of(
      "ffprobe -v error -select_streams v:0 -show_entries frame=best_effort_timestamp_time -of default=nw=1:nk=1 " +
      quoted(path) + " | awk '{ if (NR == 1) first = $1; printf \"%.2f\\n\", $1 - first }'");
}

/// ffprobe's values of these entries, for example shown("a.mkv", "stream=codec_name").
inline std::string shown(const std::string& path, const std::string& entries, const std::string& more = {}) {
  return output_of("ffprobe -v error " + more + " -show_entries " + entries + " -of default=nw=1 " + quoted(path));
}

/// MD5 of the packets of the streams selected, as they are in the file.
inline std::string packet_sums(const std::string& path, const std::string& streams) {
  return output_of("ffmpeg -nostdin -v error -i " + quoted(path) + " -map " + streams + " -c copy -f streamhash -");
}

}  // namespace reelface::testing
