// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "media/libav/compat.h"

namespace reelface {

/// Whether films, sound or subtitles of this kind are decoded unasked. Any container's tag can ask for any decoder that
/// libav has, and most of its three hundred are for games that nobody restores: those wait for --any-format.
bool is_known_codec(AVCodecID codec);

/// All decoders of the known codecs by name, for libav's own `codec_whitelist`: it opens some itself to learn about
/// streams.
const std::string& decoder_whitelist();

/// Throws Error(kInputUnreadable) if the video of `whose` ("the video in 'a.avi'") is of no known codec.
void require_known_codec(AVCodecID codec, const std::string& whose);

}  // namespace reelface
