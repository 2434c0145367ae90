// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "reelface/core/rational.h"
#include "reelface/image/frame.h"

namespace reelface {

/// How large a film is whose pictures change their size on the way.
enum class CanvasRule {
  kAuto,     ///< the shape that most of the film has, as large as the largest picture of it
  kFirst,    ///< the first picture
  kLargest,  ///< the largest picture
  kSize      ///< what was asked for
};

struct CanvasChoice {
  CanvasRule rule = CanvasRule::kAuto;
  int width = 0;  ///< of kSize, as a viewer counts pixels
  int height = 0;
};

/// The one size of a film, in stored samples. Pictures of other sizes are fitted into it.
struct Canvas {
  int width = 0;
  int height = 0;
  Rational sample_aspect_ratio{0, 1};
  DisplayOrientation orientation;
};

/// Consecutive pictures that are stored alike.
struct PictureStretch {
  double from_seconds = 0;
  double seconds = 0;
  int width = 0;  ///< as they are stored
  int height = 0;
  Rational sample_aspect_ratio{0, 1};
  PictureArea area;  ///< where they stand on the canvas
  int quarter_turns_clockwise =
      0;  ///< by so many they are turned first, because they are shown otherwise than the film

  bool is_stored_like(const PictureStretch& other) const {
    return width == other.width && height == other.height && area == other.area &&
           quarter_turns_clockwise == other.quarter_turns_clockwise;
  }
};

/// What becomes of them, for people: "0:01:10 360x640, in 406x720 between black bars".
std::string text_of(const PictureStretch& stretch, int canvas_width, int canvas_height);

/// The same of a whole film, a line each, shortened where there are many; empty if nothing changes.
std::string text_of(const std::vector<PictureStretch>& stretches, int canvas_width, int canvas_height);

}  // namespace reelface
