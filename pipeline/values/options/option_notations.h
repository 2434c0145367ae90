// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "reelface/media/video_reader.h"
#include "reelface/restore/option.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// Bytes, or 800M, or 4G.
OptionNotation<std::int64_t> size_notation();

/// 25, 29.97 or 30000/1001.
OptionNotation<std::optional<Rational>> rate_notation();

/// The frames of a range, A:B; its seconds are left alone.
OptionNotation<ReadRange> frames_notation();

/// auto, off, or per cent.
OptionNotation<std::optional<Cleaning>> cleaning_notation();

/// "1920x1080", "-1x1080"
OptionNotation<std::optional<AskedSize>> asked_size_notation();

/// auto, first, largest, or a size.
OptionNotation<CanvasChoice> canvas_notation();

/// key=value.
OptionNotation<std::pair<std::string, std::string>> setting_notation();

}  // namespace reelface
