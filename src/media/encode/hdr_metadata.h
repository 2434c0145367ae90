// SPDX-License-Identifier: Apache-2.0
#pragma once

extern "C" {
#include <libavutil/mastering_display_metadata.h>
}

#include <optional>
#include <string>

#include "media/libav/ptr.h"

namespace reelface {

/// Static HDR facts of a video: how the mastering display was, and how bright the content gets.
struct HdrMetadata {
  std::optional<AVMasteringDisplayMetadata> mastering_display;
  std::optional<AVContentLightMetadata> content_light;

  bool any() const { return mastering_display || content_light; }
};

/// The container's word first, then the first picture's.
HdrMetadata hdr_metadata(const AVStream& stream, const AVFrame* first_frame);

/// Puts the facts on a stream that is being set up for writing.
void add_hdr_metadata(AVStream& stream, const HdrMetadata& metadata);

/// The facts as "key=value" parameters, separated by colons, in the spelling of this encoder; libav 5 hands none of
/// them over by itself. Empty for encoders that carry none.
std::string hdr_parameters(const std::string& encoder, const HdrMetadata& metadata);

}  // namespace reelface
