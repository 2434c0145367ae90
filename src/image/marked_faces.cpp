// SPDX-License-Identifier: Apache-2.0
#include "marked_faces.h"

#include <algorithm>

#include "image/overlay.h"

namespace reelface {
namespace {

constexpr RgbColour kRestoredColour{0.2, 0.9, 0.3};
constexpr RgbColour kLeftAloneColour{0.9, 0.5, 0.1};
constexpr double kMaskOpacity = 0.5;

Frame writable_copy(const Frame& frame) {
  Frame picture = frame.share();
  picture.make_writable();
  return picture;
}

void draw_box(Frame& picture, const MarkedFace& face, double thickness) {
  const RgbColour& colour = face.is_restored ? kRestoredColour : kLeftAloneColour;
  draw_crop_outline(picture, face.frame_to_crop, face.crop_size, thickness, colour);
  const Affine from_crop = face.frame_to_crop.inverse();
  for (const Position& point : face.points) {
    const Position place = from_crop.apply(point);
    draw_line(picture, {place.x - 2 * thickness, place.y}, {place.x + 2 * thickness, place.y}, thickness, colour);
  }
  draw_number(picture, from_crop.apply(Position{0, 0}), 12 * thickness, face.number, colour);
}

}  // namespace

Frame with_masks(const Frame& frame, const std::vector<MarkedFace>& faces) {
  Frame picture = writable_copy(frame);
  for (const MarkedFace& face : faces) {
    tint_mask(picture, face.frame_to_crop, *face.mask, kMaskOpacity * face.strength, kRestoredColour);
  }
  return picture;
}

Frame with_boxes(const Frame& frame, const std::vector<MarkedFace>& faces) {
  Frame picture = writable_copy(frame);
  const double thickness = std::max(1.0, std::min(picture.facts().width, picture.facts().height) / 360.0);
  for (const MarkedFace& face : faces) draw_box(picture, face, thickness);
  return picture;
}

}  // namespace reelface
