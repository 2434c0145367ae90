// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/libav/ptr.h"

namespace reelface {

/// Text subtitles from one spelling to another (SubRip, ASS, WebVTT, MOV text). Times are kept; fonts and positions
/// are kept as far as the target knows them. Thread-safety: one call at a time.
class SubtitleConverter {
 public:
  /// Throws Error(kUsage) if libav lacks one of the two codecs or the stream is broken.
  SubtitleConverter(const AVStream& input, AVCodecID target);

  /// Parameters of the converted stream, the header included.
  void describe(AVCodecParameters& parameters) const;

  /// The event in its new spelling; null for one without text (MOV text fills gaps with those) or that is damaged.
  PacketPtr convert(const AVPacket& packet);

 private:
  CodecContextPtr decoder_;
  CodecContextPtr encoder_;
};

}  // namespace reelface
