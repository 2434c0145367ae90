// SPDX-License-Identifier: Apache-2.0
#include "image/viewed_picture.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "image/display_geometry.h"
#include "reelface/image/frame_picture.h"

namespace reelface {

RgbImage8 oriented(RgbImage8 picture, const DisplayOrientation& orientation) {
  const int turns = orientation.quarter_turns_clockwise & 3;
  if (turns == 0 && !orientation.mirrored) return picture;
  const bool swapped = turns % 2 != 0;
  RgbImage8 result(swapped ? picture.height : picture.width, swapped ? picture.width : picture.height);
  const auto rows = turn(picture.width, picture.height, orientation).inverse().rows;
  const auto whole = [](double value) { return static_cast<std::ptrdiff_t>(std::lround(value)); };
  for (int y = 0; y < result.height; ++y) {
    for (int x = 0; x < result.width; ++x) {
      const std::ptrdiff_t from_x = whole(rows[0] * x + rows[1] * y + rows[2]);
      const std::ptrdiff_t from_y = whole(rows[3] * x + rows[4] * y + rows[5]);
      const std::uint8_t* from = picture.samples.data() + 3 * (from_y * picture.width + from_x);
      std::copy_n(from, 3, result.samples.data() + 3 * (std::ptrdiff_t{y} * result.width + x));
    }
  }
  return result;
}

RgbImage8 viewed_picture(const Frame& frame) {
  const RgbImageF exact = frame_picture(frame);
  RgbImage8 picture(exact.width, exact.height);
  std::transform(exact.samples.begin(), exact.samples.end(), picture.samples.begin(),
                 [](float value) { return static_cast<std::uint8_t>(std::clamp(value * 255 + 0.5F, 0.0F, 255.0F)); });
  return oriented(std::move(picture), frame.facts().orientation);
}

}  // namespace reelface
