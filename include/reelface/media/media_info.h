// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "reelface/core/rational.h"
#include "reelface/image/frame.h"
#include "reelface/media/canvas.h"

namespace reelface {

enum class StreamKind { kVideo, kAudio, kSubtitle, kAttachment, kCoverArt, kData };

/// "video", "cover art" and so on.
const char* name_of(StreamKind kind);

struct StreamInfo {
  int index = 0;  ///< in the file
  StreamKind kind = StreamKind::kData;
  std::string codec;
  std::string language;  ///< empty when untold
  std::vector<std::string> dispositions;
  std::map<std::string, std::string> tags;
  Rational time_base{1, 1};
  std::int64_t start = kNoTimestamp;  ///< ticks
  std::int64_t duration = 0;          ///< ticks; 0 = unknown
};

/// Facts of the video stream that is restored.
struct VideoInfo {
  int stream_index = -1;
  std::string codec;
  int width = 0;
  int height = 0;
  PixelLayout layout;
  ColourFacts colour;
  Rational frame_rate{0, 1};  ///< informational: 0/1 when unknown, an average when variable
  Rational time_base{1, 1};
  Rational sample_aspect_ratio{0, 1};
  DisplayOrientation orientation;
  std::int64_t expected_frames = 0;  ///< from the duration and rate, for progress only; 0 = unknown
  double duration_seconds = 0;       ///< 0 = unknown
  std::int64_t range_start = 0;      ///< time_base ticks taken off every frame's stamp, so that the range begins at 0
  std::vector<PictureStretch>
      stretches;  ///< of the whole file, if its headers say that sizes change; seconds from its start
};

struct MediaInfo {
  std::string path;
  std::string container;  ///< libav's name, for example "matroska,webm"
  VideoInfo video;
  std::vector<StreamInfo> streams;
  std::map<std::string, std::string> tags;
  int chapter_count = 0;
  double start_seconds = 0;
  double duration_seconds = 0;  ///< 0 = unknown
};

/// Signs of damage met so far; research says no single one is enough.
struct DamageReport {
  std::int64_t corrupt_packets = 0;
  std::int64_t damaged_frames = 0;      ///< the decoder flagged concealment
  std::int64_t decode_errors = 0;       ///< packets or frames the decoder refused
  std::int64_t container_warnings = 0;  ///< "partial file", "ended prematurely" and the like
  double missing_seconds = 0;           ///< announced duration that never came
  std::int64_t repaired_timestamps = 0;
  std::int64_t size_changes = 0;    ///< frames that were stored in another size, shape or format than the film's
  std::int64_t boxed_frames = 0;    ///< of those: frames of another shape, shown between black bars
  std::int64_t format_changes = 0;  ///< of those: frames of another pixel format or range
  std::int64_t turned_frames = 0;   ///< frames that are shown otherwise than the film, and were turned
  std::int64_t decoded_frames = 0;

  bool any() const {
    return corrupt_packets || damaged_frames || decode_errors || container_warnings || missing_seconds > 0;
  }
};

/// What a film whose pictures change their size comes to, in a sentence; empty if they do not.
std::string size_change_text(const DamageReport& damage);

}  // namespace reelface
