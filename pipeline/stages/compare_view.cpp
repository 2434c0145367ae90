#include "pipeline/stages/compare_view.h"

#include <algorithm>

#include "image/overlay.h"

namespace reelface {
namespace {

constexpr RgbColour kRestoredColour{0.2, 0.9, 0.3};
constexpr RgbColour kLeftAloneColour{0.9, 0.5, 0.1};
constexpr double kMaskOpacity = 0.5;

Affine frame_to_crop(const FaceJob& face, const Affine& coded_to_frame) {
  return chain(coded_to_frame.inverse(), face.coded_to_crop);
}

const RgbColour& colour_of(const FaceJob& face) {
  return face.restored.samples.empty() ? kLeftAloneColour : kRestoredColour;
}

Frame with_masks(const Frame& after, const FaceWork& work, const Affine& coded_to_frame) {
  Frame picture = after.share();
  picture.make_writable();
  for (const FaceJob& face : work.faces) {
    tint_mask(picture, frame_to_crop(face, coded_to_frame), *face.mask, kMaskOpacity * face.strength.total(),
              kRestoredColour);
  }
  return picture;
}

Frame with_boxes(const Frame& after, const FaceWork& work, const Affine& coded_to_frame) {
  Frame picture = after.share();
  picture.make_writable();
  const double thickness = std::max(1.0, std::min(picture.facts().width, picture.facts().height) / 360.0);
  for (const FaceJob& face : work.faces) {
    const Affine to_crop = frame_to_crop(face, coded_to_frame);
    draw_crop_outline(picture, to_crop, face.crop->width, thickness, colour_of(face));
    const Affine from_crop = to_crop.inverse();
    for (const Point& point : face.track.alignment.template_points) {
      const double scale = face.crop->width / 512.0;
      const Position place = from_crop.apply(Position{(point.x + 0.5) * scale - 0.5, (point.y + 0.5) * scale - 0.5});
      draw_line(picture, {place.x - 2 * thickness, place.y}, {place.x + 2 * thickness, place.y}, thickness,
                colour_of(face));
    }
    draw_number(picture, from_crop.apply(Position{0, 0}), 12 * thickness, static_cast<int>(face.track.track_id % 1000),
                colour_of(face));
  }
  return picture;
}

}  // namespace

Frame compare_view(CompareMode mode, const Frame& before, const Frame& after, const FaceWork* work,
                   const Affine& coded_to_frame) {
  switch (mode) {
    case CompareMode::kSide:
      return side_by_side(before, after);
    case CompareMode::kSplit:
      return split_view(before, after);
    case CompareMode::kMask:
      return work ? with_masks(after, *work, coded_to_frame) : after.share();
    case CompareMode::kBoxes:
      return work ? with_boxes(after, *work, coded_to_frame) : after.share();
    case CompareMode::kNone:
      break;
  }
  return after.share();
}

FrameFacts compare_view_facts(CompareMode mode, const FrameFacts& facts) {
  return mode == CompareMode::kSide ? side_by_side_facts(facts) : facts;
}

}  // namespace reelface
