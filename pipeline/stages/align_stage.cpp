// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/align_stage.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "faces/crop_quality.h"
#include "faces/face_mask.h"
#include "faces/mask_within.h"
#include "faces/template_crop.h"
#include "image/colour_match.h"
#include "image/crop.h"
#include "image/display_geometry.h"
#include "image/frame_part.h"
#include "pipeline/stages/layout_stage.h"
#include "pipeline/stages/network_memory.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

std::shared_ptr<const FaceMaskMaker> mask_maker(MaskKind kind) {
  if (kind == MaskKind::kSoft) return std::make_shared<SoftFaceMask>();
  return std::make_shared<BoxFaceMask>();
}

/// A picture without what is around it, and how its samples' places become those of the frame.
struct Picture {
  Frame frame;
  Affine to_frame;
};

Picture alone(const Frame& frame, const PictureArea& area) {
  return {frame_part(frame, area), Affine::scale_and_move(1, 1, area.x, area.y)};
}

/// How much of a crop is pasted: nothing beyond the edge of its picture, nothing over a screen. Empty where nothing
/// is left: the face is a photo on a page.
std::optional<MaskImage> mask_of(const FaceJob& face, const PictureArea& area, const FrameJob& job, int crop_size,
                                 const FaceMaskMaker& masks) {
  MaskImage mask = masks.make(face.track.alignment.template_points, crop_size);
  const FrameFacts& facts = job.frame->facts();
  if (area.width != facts.width || area.height != facts.height) keep_mask_within(area, face.coded_to_crop, mask);
  const cv::Mat* const screens = area_of_screens(job);
  if (screens && !keep_mask_out_of(*screens, face.coded_to_crop, mask)) return std::nullopt;
  return mask;
}

void align(FrameGroup& group, int crop_size, const FaceMaskMaker& masks) {
  const double centre = (crop_size - 1) / 2.0;
  for (FrameJob& job : group.jobs) {
    FaceWork* const work = job.work.get<FaceWork>();
    if (!job.frame || !work) continue;
    const Affine to_display = coded_to_display(job.frame->facts());
    for (FaceJob& face : work->faces) {
      face.coded_to_crop = coded_to_crop(to_display, face.track.alignment.to_template, crop_size);
      const PictureArea area = picture_around(job, face.coded_to_crop.inverse().apply(Position{centre, centre}));
      std::optional<MaskImage> mask = mask_of(face, area, job, crop_size, masks);
      if (!mask) continue;
      const Picture picture = alone(*job.frame, area);
      face.crop = std::make_shared<RgbImageF>(
          extract_crop(picture.frame, chain(picture.to_frame, face.coded_to_crop), crop_size));
      face.mask = std::make_shared<MaskImage>(std::move(*mask));
      face.quality = measure_crop_quality(face.crop->view());
      face.colour_variance = colour_variance(face.crop->view());
    }
    work->faces.erase(
        std::remove_if(work->faces.begin(), work->faces.end(), [](const FaceJob& face) { return !face.mask; }),
        work->faces.end());
  }
}

}  // namespace

Stage make_align_stage(int crop_size, MaskKind mask) {
  StepNeeds needs;
  needs.reason = "cuts faces out and masks them";
  needs.memory.bytes_per_frame = [crop_size](const FrameFacts&) {
    return bytes_of_crop(crop_size) + bytes_of_mask(crop_size);
  };
  return {"align", Concurrency::kParallel,
          [crop_size, masks = mask_maker(mask)](FrameGroup& group) { align(group, crop_size, *masks); }, 0,
          std::move(needs)};
}

}  // namespace reelface
