// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "media/encode/pixel_format_choice.h"
#include "media/encode/source_video.h"
#include "media/formats/container_rules.h"
#include "media/libav/compat.h"

namespace reelface {

/// An encoder and the pixel format it would be given.
struct EncoderCandidate {
  CodecHandle encoder = nullptr;
  PixelFormatChoice pixels;
};

/// Encoders to try, best first. One if the options name it; else the source's codec before others, without loss before
/// with. `rules` is null for pictures, whose codec is `picture_codec`. Throws Error(kUsage) if there is none.
std::vector<EncoderCandidate> encoder_candidates(const SourceVideo& source, const WriteOptions& options,
                                                 const ContainerRules* rules, AVCodecID picture_codec);

/// Why this encoder does not take such pictures; empty = nothing known against it.
std::string reason_against(const AVCodec& encoder, AVPixelFormat format, int width, int height);

}  // namespace reelface
