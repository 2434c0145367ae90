// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "media/libav/encoded_packet.h"
#include "reelface/core/error.h"
#include "reelface/media/video_reader.h"

namespace reelface::testing {

/// FNV-1a over the samples of every plane, without padding.
inline std::uint64_t checksum_of(const Frame& frame) {
  std::uint64_t sum = 14695981039346656037u;
  const PixelLayout& layout = frame.facts().layout;
  const int picture_planes = layout.editable ? layout.plane_count : 1;  // a palette is no picture
  for (int index = 0; index < picture_planes; ++index) {
    const Plane plane = frame.plane(index);
    int step = 1;
    for (int number = 0; number < layout.component_count; ++number) {
      const ComponentLayout& component = layout.components[static_cast<std::size_t>(number)];
      if (component.plane == index && component.step > step) step = component.step;
    }
    // In packed formats a chroma sample spans several columns; the luma columns then say how long a row is.
    const bool packed_chroma = layout.plane_count == 1 && layout.chroma_shift_x > 0;
    int row_bytes = packed_chroma ? 2 * plane.width : step * plane.width;
    if (layout.components[0].depth == 1) row_bytes = (plane.width + 7) / 8;  // eight pixels to a byte
    for (int row = 0; row < plane.height; ++row) {
      const std::uint8_t* bytes = plane.data + row * plane.stride;
      for (int column = 0; column < row_bytes; ++column) sum = (sum ^ bytes[column]) * 1099511628211u;
    }
  }
  return sum;
}

/// All that came out of a reader, pictures as checksums.
struct ReadResult {
  MediaInfo info;
  std::vector<FrameFacts> frames;
  std::vector<std::uint64_t> checksums;
  std::map<int, std::vector<double>> packet_seconds;  ///< by stream; presentation, else decoding time
  std::map<int, std::int64_t> packet_bytes;
  DamageReport damage;
  std::int64_t units_without_frame = 0;

  std::vector<std::int64_t> stamps() const {
    std::vector<std::int64_t> result;
    for (const FrameFacts& facts : frames) result.push_back(facts.pts);
    return result;
  }
  double seconds(std::size_t index) const {
    return reelface::seconds(frames.at(index).pts, frames.at(index).time_base);
  }
  bool rises_strictly() const {
    for (std::size_t index = 1; index < frames.size(); ++index) {
      if (frames[index].pts <= frames[index - 1].pts) return false;
    }
    return true;
  }
};

inline ReadResult read_all(const std::string& input, const ReadOptions& options = {}) {
  VideoReader reader(input, options);
  ReadResult result;
  result.info = reader.info();
  while (std::optional<MediaUnit> unit = reader.next()) {
    if (unit->frame) {
      result.frames.push_back(unit->frame->facts());
      result.checksums.push_back(checksum_of(*unit->frame));
    } else {
      ++result.units_without_frame;
    }
    for (const EncodedPacketPtr& packet : unit->packets) {
      const AVPacket& inside = *packet->packet;
      const std::int64_t stamp = inside.pts != AV_NOPTS_VALUE ? inside.pts : inside.dts;
      result.packet_seconds[packet->input_stream].push_back(static_cast<double>(stamp) * av_q2d(packet->time_base));
      result.packet_bytes[packet->input_stream] += inside.size;
    }
  }
  result.damage = reader.damage();
  return result;
}

}  // namespace reelface::testing
