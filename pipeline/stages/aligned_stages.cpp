// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/aligned_stages.h"

#include <utility>

#include "image/mixed_picture.h"
#include "image/resized_picture.h"
#include "pipeline/stages/network_memory.h"
#include "reelface/core/error.h"
#include "reelface/image/frame_picture.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

void take_whole_picture(FrameGroup& group, int crop_size) {
  for (FrameJob& job : group.jobs) {
    if (!job.frame) continue;
    if (!job.frame->facts().layout.editable) {
      throw Error(ExitCode::kUsage, "pictures of the format " + job.frame->facts().layout.name + " cannot be restored",
                  "convert them to an ordinary RGB or YUV format first");
    }
    FaceWork& work = job.work.make<FaceWork>();
    work.time_seconds = seconds(job.frame->facts().pts, job.frame->facts().time_base);
    FaceJob face;
    face.track.piece_id = face.track.track_id = 1;
    face.crop = std::make_shared<RgbImageF>(resized(frame_picture(*job.frame).view(), crop_size, crop_size));
    work.faces.push_back(std::move(face));
  }
}

void replace_picture(FrameGroup& group, double strength) {
  for (FrameJob& job : group.jobs) {
    const FaceWork* const work = job.work.get<FaceWork>();
    if (!job.frame || !work || work->faces.front().failed) continue;
    const FrameFacts& facts = job.frame->facts();
    RgbImageF result = resized(work->faces.front().restored.view(), facts.width, facts.height);
    if (strength < 1) result = mixed(frame_picture(*job.frame), std::move(result), static_cast<float>(strength));
    job.frame->make_writable();
    store_picture(*job.frame, result.view());
  }
}

}  // namespace

Stage make_whole_picture_stage(int crop_size) {
  StepNeeds needs;
  needs.reason = "takes the whole picture for a face";
  needs.memory.bytes_per_frame = [crop_size](const FrameFacts&) { return bytes_of_crop(crop_size); };
  return {"align", Concurrency::kParallel, [crop_size](FrameGroup& group) { take_whole_picture(group, crop_size); }, 0,
          std::move(needs)};
}

Stage make_replace_stage(double strength) {
  StepNeeds needs;
  needs.reason = "writes the face over the picture";
  return {"paste", Concurrency::kParallel, [strength](FrameGroup& group) { replace_picture(group, strength); }, 0,
          std::move(needs)};
}

}  // namespace reelface
