// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

namespace reelface {

struct Point {
  float x = 0;
  float y = 0;
};

/// A box with its left top corner; pixels of whatever picture the owner says.
struct Box {
  float x = 0;
  float y = 0;
  float width = 0;
  float height = 0;
};

/// Where one face is in one picture. Points: left eye, right eye, nose, left and right mouth corner, as the viewer sees
/// them. Coordinates are continuous: the centre of the first pixel is at 0, 0.
struct Face {
  Box box;
  std::array<Point, 5> points;
  float score = 0;
};

}  // namespace reelface
