// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <vector>

#include "reelface/image/frame.h"

namespace reelface {

/// How well a frame's colours fit its brightness when they are moved across by so much, in each part of the picture:
/// sums that are added up over frames, because one alone says little.
struct ColourFit {
  struct Part {
    std::vector<double> by_step;  ///< edges of colour that lie on edges of brightness, from farthest left to right
    double colour = 0, brightness = 0;
  };
  std::vector<Part> parts;

  void add(const ColourFit& other);
};

/// Nothing for frames that have no colour planes of their own.
std::optional<ColourFit> measure_colour_fit(const Frame& frame);

/// How far to the left colours lie of what they colour, in pixels of a frame with these facts. Zero where they lie
/// well, and where the parts do not agree. Only across: tapes move colours along their lines, and in pictures of people
/// light from above has edges that lie below those of colour.
double colour_shift(const ColourFit& fit, const FrameFacts& facts);

}  // namespace reelface
