#include "pipeline/stages/align_stage.h"

#include <memory>
#include <utility>

#include "faces/crop_quality.h"
#include "faces/face_mask.h"
#include "faces/mask_within.h"
#include "faces/template_crop.h"
#include "image/colour_match.h"
#include "image/crop.h"
#include "image/display_geometry.h"
#include "image/frame_part.h"
#include "pipeline/stages/network_memory.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

std::shared_ptr<const FaceMaskMaker> mask_maker(MaskKind kind) {
  if (kind == MaskKind::kSoft) return std::make_shared<SoftFaceMask>();
  return std::make_shared<BoxFaceMask>();
}

/// The picture alone, and how its samples' places become those of the frame.
struct Picture {
  Frame frame;
  Affine to_frame;
};

Picture between_bars(const Frame& frame, const PictureArea& area) {
  return {frame_part(frame, area), Affine::scale_and_move(1, 1, area.x, area.y)};
}

void align(FrameGroup& group, int crop_size, const FaceMaskMaker& masks) {
  for (FrameJob& job : group.jobs) {
    FaceWork* const work = job.work.get<FaceWork>();
    if (!job.frame || !work) continue;
    const FrameFacts& facts = job.frame->facts();
    const PictureArea area = picture_area(facts);
    const Picture picture = between_bars(*job.frame, area);
    const bool has_bars = area.width != facts.width || area.height != facts.height;
    for (FaceJob& face : work->faces) {
      const Affine display_to_template{face.track.alignment.to_template.matrix()};
      face.coded_to_crop = chain(chain(coded_to_display(facts), display_to_template), template_to_crop(crop_size));
      face.crop = std::make_shared<RgbImageF>(
          extract_crop(picture.frame, chain(picture.to_frame, face.coded_to_crop), crop_size));
      MaskImage mask = masks.make(face.track.alignment.template_points, crop_size);
      if (has_bars) keep_mask_within(area, face.coded_to_crop, mask);
      face.mask = std::make_shared<MaskImage>(std::move(mask));
      face.quality = measure_crop_quality(face.crop->view());
      face.colour_variance = colour_variance(face.crop->view());
    }
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
