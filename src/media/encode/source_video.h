// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/encode/hdr_metadata.h"
#include "media/libav/compat.h"
#include "media/libav/source_media.h"
#include "reelface/media/video_writer.h"

namespace reelface {

/// What the encoder will be given, as the reader and the options tell it before the first frame.
struct SourceVideo {
  AVCodecID codec = AV_CODEC_ID_NONE;
  int profile = kUnknownProfile;
  AVPixelFormat format = AV_PIX_FMT_NONE;
  int width = 0;  ///< of the output: the source's unless the options change it
  int height = 0;
  AVRational time_base{1, 25};
  AVRational frame_rate{25, 1};  ///< always valid; for rate control, and for containers that want one
  bool constant_rate = false;    ///< as far as the container knows
  AVRational sample_aspect_ratio{0, 1};
  ColourFacts colour;
  AVFieldOrder field_order = AV_FIELD_UNKNOWN;
  bool interlaced = false;
  bool has_captions = false;     ///< closed captions inside the pictures
  bool has_dynamic_hdr = false;  ///< HDR10+ or Dolby Vision, which get lost
  bool is_picture = false;       ///< the input is an image or numbered images
  HdrMetadata hdr;
};

SourceVideo describe_source_video(const SourceMedia& source, const MediaInfo& info, const WriteOptions& options);

}  // namespace reelface
