// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "media/libav/ptr.h"
#include "reelface/media/video_reader.h"

namespace reelface {

/// What the writer takes over from the input. Everything is owned by the reader, which outlives the writer.
struct SourceMedia {
  AVFormatContext* format = nullptr;
  int video_index = -1;
  const AVFrame* first_frame = nullptr;  ///< first decoded frame: colour, pixel aspect, field order, HDR side data
  AVRational frame_rate{0, 1};
  std::int64_t start_offset = 0;  ///< microseconds taken off every stamp of every stream
};

/// The reader's inside as the writer sees it; video_reader.cpp derives from it.
class VideoReader::Implementation {
 public:
  virtual ~Implementation() = default;
  virtual const SourceMedia& source() const = 0;
  virtual const MediaInfo& info() const = 0;
  virtual std::optional<MediaUnit> next() = 0;
  virtual DamageReport damage() const = 0;
  virtual ReadExtent extent() const = 0;
  virtual std::vector<PictureStretch> stretches() const = 0;
};

}  // namespace reelface
