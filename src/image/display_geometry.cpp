// SPDX-License-Identifier: Apache-2.0
#include "image/display_geometry.h"

#include <utility>

namespace reelface {
namespace {

// Anamorphic film is 2; what lies far beyond is a broken header and would make pictures of absurd sizes.
constexpr double kLargestAspect = 8;

}  // namespace

double pixel_aspect(const FrameFacts& facts) {
  if (!facts.sample_aspect_ratio.is_known()) return 1;
  const double aspect = facts.sample_aspect_ratio.value();
  return aspect > kLargestAspect || aspect < 1 / kLargestAspect ? 1 : aspect;
}

DisplaySize display_size(const FrameFacts& facts) {
  DisplaySize size{facts.width * pixel_aspect(facts), static_cast<double>(facts.height)};
  if (facts.orientation.quarter_turns_clockwise % 2 != 0) std::swap(size.width, size.height);
  return size;
}

Affine turn(double width, double height, const DisplayOrientation& orientation) {
  Affine result;
  if (orientation.mirrored) result = {{-1, 0, width - 1, 0, 1, 0}};
  switch (orientation.quarter_turns_clockwise & 3) {
    case 1:
      return chain(result, {{0, -1, height - 1, 1, 0, 0}});
    case 2:
      return chain(result, {{-1, 0, width - 1, 0, -1, height - 1}});
    case 3:
      return chain(result, {{0, 1, 0, -1, 0, width - 1}});
    default:
      return result;
  }
}

Affine coded_to_display(const FrameFacts& facts) {
  const double aspect = pixel_aspect(facts);
  return chain(Affine::scale_and_move(aspect, 1, (aspect - 1) / 2, 0),
               turn(facts.width * aspect, facts.height, facts.orientation));
}

}  // namespace reelface
