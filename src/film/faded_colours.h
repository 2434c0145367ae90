// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "film/faded_levels.h"
#include "image/channel_curves.h"
#include "reelface/core/rgb_image.h"

namespace reelface {

/// Where the tones of each channel of a picture begin, lie and end, and whether there is more than one tone.
struct ColourRanges {
  std::array<ToneRange, 3> channels{};  ///< red, green, blue
  double variety = 0;  ///< how far colours lie from the print's tone for their brightness, rms in grey levels
};

/// Of a small picture. Pure.
ColourRanges measure_colour_ranges(RgbView8 picture);

/// Means of what is known of several frames; there must be one.
ColourRanges mean_of(const std::vector<const ColourRanges*>& frames);

/// Black and white, sepia, tinted: whatever is seen, its colour follows from its brightness.
bool has_one_tone(const ColourRanges& ranges);

/// The same with the middle of each channel where that of brightness lies between black and white: in a scene of many
/// colours one channel may well be darker than another, and is to stay so.
ColourRanges with_common_middle(ColourRanges ranges, const ToneRange& tones);

/// Gives each channel the range that `wanted` says; `strength` 0..1 says how much of the way.
ChannelCurves unfading_curves(const ColourRanges& ranges, const ToneRange& wanted, double strength);

}  // namespace reelface
