// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "media/encode/encoder_choice.h"

namespace reelface {

using OptionList = std::vector<std::pair<std::string, std::string>>;

/// Sets quality, speed, threads and the user's own options on an encoder that is not open yet.
///
/// Without --crf and -b:v the quality is chosen so that nobody sees a difference: x264 CRF 18, x265 CRF 20, AV1 CRF 24,
/// VP9 CRF 24, the MPEG family quantiser 2, ProRes and DNxHD by profile; FFV1 is level 3, intra only, with checksums.
/// Returns the user's options the encoder does not know, for the muxer to look at. Throws Error(kUsage) for bad values.
OptionList set_encoder_options(AVCodecContext& context, const SourceVideo& source, const WriteOptions& options);

}  // namespace reelface
