// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/media/media_info.h"

struct AVStream;

namespace reelface {

/// What a stream is to us; libav calls cover art video and knows no difference between data streams.
StreamKind stream_kind(const AVStream& stream);

}  // namespace reelface
