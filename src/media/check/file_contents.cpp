// SPDX-License-Identifier: Apache-2.0
#include "media/check/file_contents.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <optional>
#include <sstream>
#include <utility>

#include "core/content_digest.h"
#include "media/check/frame_bytes.h"
#include "media/libav/encoded_packet.h"
#include "reelface/core/error.h"
#include "reelface/media/video_reader.h"

namespace reelface {
namespace {

/// As ffmpeg counts it: by the film's rate, not by what each frame says.
std::int64_t usual_duration(const VideoInfo& video) {
  if (!video.frame_rate.is_known()) return 0;
  return rescale(1, {video.frame_rate.denominator, video.frame_rate.numerator}, video.time_base);
}

class Collecting {
 public:
  Collecting(const MediaInfo& info, FileContents& contents) : info_(info), contents_(contents) {
    contents.video = info.video;
    for (const StreamInfo& stream : info.streams) {
      if (stream.index != info.video.stream_index) contents.copied.push_back({stream, {}});
    }
  }

  void take(const MediaUnit& unit) {
    for (const EncodedPacketPtr& packet : unit.packets) take(*packet);
    if (!unit.frame) return;
    const FrameBytes bytes = frame_bytes(*unit.frame);
    contents_.frames.push_back({unit.frame->facts().pts, usual_duration(info_.video), bytes.count, bytes.md5});
  }

  void finish() {
    const auto is_empty = [](const StreamDigests& stream) { return stream.packets.empty(); };
    contents_.copied.erase(std::remove_if(contents_.copied.begin(), contents_.copied.end(), is_empty),
                           contents_.copied.end());
  }

 private:
  void take(const EncodedPacket& packet) {
    ContentDigest digest;
    digest.update(packet.packet->data, static_cast<std::size_t>(packet.packet->size));
    for (StreamDigests& stream : contents_.copied) {
      if (stream.stream.index == packet.input_stream) stream.packets.push_back(digest.value());
    }
  }

  const MediaInfo& info_;
  FileContents& contents_;
};

[[noreturn]] void refuse(std::size_t number) {
  throw Error(ExitCode::kUsage, "line " + std::to_string(number) + " of the list of frames is none",
              "give a list that --checksums or ffmpeg -f framemd5 has written");
}

FrameDigest digest_in(const std::string& line, std::size_t number) {
  FrameDigest frame;
  char md5[33] = {};
  std::int64_t decoding_time = 0;
  const int read = std::sscanf(line.c_str(), "0, %" SCNd64 ", %" SCNd64 ", %" SCNd64 ", %" SCNd64 ", %32[0-9a-f]",
                               &decoding_time, &frame.time, &frame.duration, &frame.bytes, md5);
  frame.md5 = md5;
  if (read != 5 || frame.md5.size() != 32) refuse(number);
  return frame;
}

}  // namespace

FileContents contents_of(const std::string& path, const CancelToken* cancel) {
  ReadOptions options;
  options.deinterlace = Deinterlace::kOff;
  options.canvas.rule = CanvasRule::kFirst;  // nothing is to be made of what is only looked at
  VideoReader reader(path, options, cancel);
  FileContents contents;
  Collecting collecting(reader.info(), contents);
  while (const std::optional<MediaUnit> unit = reader.next()) collecting.take(*unit);
  collecting.finish();
  return contents;
}

std::string frame_md5_list(const FileContents& contents) {
  const VideoInfo& video = contents.video;
  const bool has_aspect = video.sample_aspect_ratio.is_known();
  std::ostringstream list;
  list << "#format: frame checksums\n#version: 2\n#hash: MD5\n#tb 0: " << video.time_base.numerator << "/"
       << video.time_base.denominator << "\n#media_type 0: video\n#codec_id 0: rawvideo\n#dimensions 0: " << video.width
       << "x" << video.height << "\n#sar 0: " << (has_aspect ? video.sample_aspect_ratio.numerator : 0) << "/"
       << (has_aspect ? video.sample_aspect_ratio.denominator : 1)
       << "\n#stream#, dts,        pts, duration,     size, hash\n";
  for (const FrameDigest& frame : contents.frames) {
    char line[160];
    std::snprintf(line, sizeof line, "0, %10" PRId64 ", %10" PRId64 ", %8" PRId64 ", %8" PRId64 ", %s\n", frame.time,
                  frame.time, frame.duration, frame.bytes, frame.md5.c_str());
    list << line;
  }
  return list.str();
}

std::vector<FrameDigest> read_frame_md5_list(const std::string& text) {
  std::vector<FrameDigest> frames;
  std::istringstream lines(text);
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!line.empty() && line[0] != '#') frames.push_back(digest_in(line, number));
  }
  return frames;
}

bool is_taken_from(const StreamDigests& part, const StreamDigests& whole) {
  auto place = whole.packets.begin();
  return std::all_of(part.packets.begin(), part.packets.end(), [&](std::uint64_t packet) {
    place = std::find(place, whole.packets.end(), packet);
    return place != whole.packets.end() && place++ != whole.packets.end();
  });
}

}  // namespace reelface
