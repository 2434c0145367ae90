// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "media/decode/video_decoder.h"
#include "media/read/packet_source.h"
#include "reelface/core/cancel_token.h"
#include "reelface/media/canvas.h"

namespace reelface {

/// Whether pictures can change their size in this kind of file at all, and their headers would tell.
bool can_change_size(PacketSource& source);

/// What headers tell. Stretches have no areas yet; there are none where nothing changes.
struct SizeSurvey {
  std::vector<PictureStretch> stretches;
  DisplayOrientation orientation;  ///< of the first picture, and so of the film
};

/// Looks through the headers of all packets, from the source's beginning to its end, and decodes one picture of each
/// size that it finds. `settings`: how those few pictures are decoded. Throws Error(kInterrupted).
SizeSurvey survey_sizes(PacketSource& source, const DecoderSettings& settings, const CancelToken* cancel);

}  // namespace reelface
