#include "pipeline/stages/compare_view.h"

#include <vector>

#include "image/marked_faces.h"
#include "image/overlay.h"

namespace reelface {
namespace {

MarkedFace marked(const FaceJob& face, const Affine& coded_to_frame) {
  MarkedFace result;
  result.frame_to_crop = chain(coded_to_frame.inverse(), face.coded_to_crop);
  result.crop_size = face.crop->width;
  result.mask = face.mask.get();
  result.strength = face.strength.total();
  result.is_restored = !face.restored.samples.empty();
  result.number = static_cast<int>(face.track.track_id % 1000);
  const double scale = face.crop->width / 512.0;
  for (const Point& point : face.track.alignment.template_points) {
    result.points.push_back({(point.x + 0.5) * scale - 0.5, (point.y + 0.5) * scale - 0.5});
  }
  return result;
}

std::vector<MarkedFace> marked_faces(const FaceWork& work, const Affine& coded_to_frame) {
  std::vector<MarkedFace> faces;
  for (const FaceJob& face : work.faces) faces.push_back(marked(face, coded_to_frame));
  return faces;
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
      return work ? with_masks(after, marked_faces(*work, coded_to_frame)) : after.share();
    case CompareMode::kBoxes:
      return work ? with_boxes(after, marked_faces(*work, coded_to_frame)) : after.share();
    case CompareMode::kNone:
      break;
  }
  return after.share();
}

FrameFacts compare_view_facts(CompareMode mode, const FrameFacts& facts) {
  return mode == CompareMode::kSide ? side_by_side_facts(facts) : facts;
}

}  // namespace reelface
