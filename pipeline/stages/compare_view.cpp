// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/compare_view.h"

#include <cmath>
#include <opencv2/core.hpp>
#include <vector>

#include "image/marked_faces.h"
#include "image/overlay.h"
#include "pipeline/stages/repair_stage.h"
#include "reelface/restore/face_work.h"

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

MaskImage mask_image(const cv::Mat& mask) {
  MaskImage image(mask.cols, mask.rows);
  for (int y = 0; y < mask.rows; ++y) {
    for (int x = 0; x < mask.cols; ++x)
      image.weights[static_cast<std::size_t>(y) * mask.cols + x] = mask.at<std::uint8_t>(y, x) != 0 ? 1.0F : 0.0F;
  }
  return image;
}

cv::Size coded_size(const Frame& frame, const Affine& coded_to_frame) {
  return {static_cast<int>(std::lround(frame.facts().width / coded_to_frame.length_of_x_step())),
          static_cast<int>(std::lround(frame.facts().height / coded_to_frame.length_of_y_step()))};
}

/// What is repaired in red; in grey films, white.
Frame with_repairs(const Frame& frame, const RepairWork& work, cv::Size coded, const Affine& coded_to_frame) {
  const bool is_grey = frame.facts().layout.family == ColourFamily::kGray;
  const RgbColour colour = is_grey ? RgbColour{1, 1, 1} : RgbColour{1, 0, 0};
  Frame marked = frame.share();
  const auto mark = [&](const cv::Rect& box, const cv::Mat& mask) {
    const Affine to_box = Affine::scale_and_move(1, 1, -box.x, -box.y);
    tint_mask(marked, chain(coded_to_frame.inverse(), to_box), mask_image(mask), 1, colour);
  };
  for (const Defect& defect : work.defects) mark(defect.box, defect.mask);
  for (const Scratch& scratch : work.scratches) mark(scratch.box, mask_of(scratch, coded));
  return marked;
}

}  // namespace

Frame compare_view(CompareMode mode, const Frame& before, const Frame& after, const WorkSlots& work,
                   const Affine& coded_to_frame) {
  const FaceWork* const faces = work.get<FaceWork>();
  const RepairWork* const repairs = work.get<RepairWork>();
  switch (mode) {
    case CompareMode::kSide:
      return side_by_side(before, after);
    case CompareMode::kSplit:
      return split_view(before, after);
    case CompareMode::kMask:
      return faces ? with_masks(after, marked_faces(*faces, coded_to_frame)) : after.share();
    case CompareMode::kBoxes:
      return faces ? with_boxes(after, marked_faces(*faces, coded_to_frame)) : after.share();
    case CompareMode::kRepairs:
      return repairs ? with_repairs(after, *repairs, coded_size(after, coded_to_frame), coded_to_frame) : after.share();
    case CompareMode::kRemoved:
      return difference_view(before, after);
    case CompareMode::kNone:
      break;
  }
  return after.share();
}

FrameFacts compare_view_facts(CompareMode mode, const FrameFacts& facts) {
  return mode == CompareMode::kSide ? side_by_side_facts(facts) : facts;
}

}  // namespace reelface
