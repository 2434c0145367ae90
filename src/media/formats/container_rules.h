// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "media/libav/ptr.h"
#include "reelface/media/media_info.h"

namespace reelface {

/// What a container can do, by our own tables first: libav's answers are wrong in both directions (it says that MOV
/// holds FLAC, and that Matroska does not hold fonts).
class ContainerRules {
 public:
  enum class Family { kMatroska, kWebm, kMp4, kMov, kAvi, kMpegTs, kMpegPs, kOther };

  explicit ContainerRules(const AVOutputFormat* format);

  struct Verdict {
    bool holds = false;
    AVCodecID convert_to = AV_CODEC_ID_NONE;  ///< a text subtitle codec that does hold, when the stream's own does not
    std::string reason;                       ///< why not, in plain words
  };
  Verdict judge(StreamKind kind, AVCodecID codec) const;
  bool holds_video(AVCodecID codec) const { return judge(StreamKind::kVideo, codec).holds; }

  /// Pixel formats uncompressed video can have in here; empty = any.
  std::vector<AVPixelFormat> raw_pixel_formats() const;

  /// The display matrix. Older versions of libav lose it in Matroska; H.264 can carry it inside the stream.
  bool holds_orientation() const;
  bool holds_chapters() const;
  bool holds_variable_rate() const;
  bool holds_covers() const { return family_ == Family::kMp4; }
  /// Cover art goes in as an attached file instead.
  bool holds_covers_as_attachments() const { return family_ == Family::kMatroska; }
  bool has_timecode_track() const { return family_ == Family::kMp4 || family_ == Family::kMov; }

  Family family() const { return family_; }
  const AVOutputFormat* format() const { return format_; }
  std::string name() const { return format_->name; }

 private:
  const AVOutputFormat* format_;
  Family family_;
};

/// The ending of a container that holds such a stream, ".mkv" if possible; empty if none of those we know does.
std::string suggest_container(StreamKind kind, AVCodecID codec);

/// Name of a codec for messages.
std::string codec_name(AVCodecID codec);

}  // namespace reelface
