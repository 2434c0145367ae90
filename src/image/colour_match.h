// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "reelface/core/rgb_image.h"
#include "reelface/image/mask_image.h"

namespace reelface {

/// How far the colour of a restoration lies from its input's, coarsely: what a face's light and skin are, not its
/// detail. A value: the caller may average it over time before it is applied.
struct ColourMatch {
  int cells = 0;               ///< to a side
  std::vector<float> offsets;  ///< RGB for each cell, row by row: input − restored

  bool is_empty() const { return cells == 0; }
};

/// Averages over the mask. Empty if the mask holds nothing. All three have the same size.
ColourMatch measure_colour_match(const RgbViewF& restored, const RgbViewF& crop, const MaskImage& mask);

/// Adds the offsets, blended smoothly from cell to cell.
void apply_colour_match(const ColourMatch& match, RgbImageF& restored);

/// Both steps at once.
void match_colour(RgbImageF& restored, const RgbViewF& crop, const MaskImage& mask);

/// How much the channels differ from each other in one picture: the mean variance of their differences, for RGB 0..1.
/// Noise-free grey gives 0, a tint alone as well. Decide on the average over a sequence, never frame by frame.
double colour_variance(const RgbViewF& crop);

/// Whether footage with this average colour variance is grey and must stay so.
bool is_grey(double mean_colour_variance);

}  // namespace reelface
