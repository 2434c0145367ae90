// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/blend_stage.h"

#include <memory>
#include <string>
#include <utility>

#include "faces/temporal_blender.h"
#include "image/colour_match.h"
#include "people/identity_guard.h"
#include "pipeline/stages/network_memory.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

// How far back a blended crop depends on restored ones. Colours: half a second, and margin. Who it is is measured once
// in each 1.25 seconds; a measurement holds for the next stretch and fades into the one after it.
constexpr double kColourSeconds = 0.75;
constexpr double kIdentitySeconds = 4;
constexpr std::int64_t kFrames = 3;

/// `work(face, work of its frame)` for all faces that were restored.
template <class Work>
void for_each_restored_face(FrameGroup& group, const Work& work) {
  for (FrameJob& job : group.jobs) {
    FaceWork* const frame = job.work.get<FaceWork>();
    if (!frame) continue;
    for (FaceJob& face : frame->faces) {
      if (!face.restored.samples.empty()) work(face, *frame);
    }
  }
}

class Recalling {
 public:
  void operator()(FrameGroup& group) {
    for (FrameJob& job : group.jobs) {
      FaceWork* const work = job.work.get<FaceWork>();
      if (!work) continue;
      if (work->starts_shot) {
        blender_.reset();
        guard_.reset();
      }
      for (FaceJob& face : work->faces) {
        guard(face, work->time_seconds);
        if (!face.blending) continue;
        blender_.remember(face.track.piece_id, face.blending,
                          face.from_earlier.empty() ? nullptr : face.from_earlier.front());
      }
    }
  }

 private:
  void guard(FaceJob& face, double time_seconds) {
    if (face.identity) guard_.measure(face.track.piece_id, time_seconds, face.identity->strength);
    face.strength.identity = guard_.strength_at(face.track.piece_id, time_seconds);
  }

  TemporalBlender blender_;
  IdentityGuard guard_;
};

}  // namespace

Stage make_match_stage(const BlendOptions& options) {
  StepNeeds needs;
  needs.reason = options.match_colour ? "keeps the input's light and colour" : "looks at restored faces";
  if (options.temporal) {
    needs.memory.bytes_per_frame = [size = options.crop_size](const FrameFacts&) { return bytes_of_crop(size); };
  }
  const auto match = [options](FaceJob& face, const FaceWork& frame) {
    if (options.match_colour) match_colour(face.restored, face.crop->view(), *face.mask);
    if (options.temporal) face.blending = TemporalBlender::look(frame.time_seconds, face.crop, face.restored);
  };
  return {"match", Concurrency::kParallel, [match](FrameGroup& group) { for_each_restored_face(group, match); }, 0,
          std::move(needs)};
}

Stage make_recall_stage(const BlendOptions& options) {
  StepNeeds needs;
  needs.reason =
      options.temporal ? "knows restored faces again from frame to frame" : "settles how much of each face is used";
  needs.back = {options.guard_identity ? kIdentitySeconds : kColourSeconds, kFrames};
  needs.back_in_full = Reach{kColourSeconds, kFrames};
  needs.stops_at_cut = true;
  const auto recalling = std::make_shared<Recalling>();
  return {"recall", Concurrency::kSerial, [recalling](FrameGroup& group) { (*recalling)(group); }, 0, std::move(needs)};
}

Stage make_blend_stage(const BlendOptions&) {
  StepNeeds needs;
  needs.reason = "keeps restored faces steady in time";
  const auto blend = [](FaceJob& face, const FaceWork&) {
    if (!face.blending) return;
    TemporalBlender::steady(*face.blending, face.restored, face.mask.get());
    face.blending.reset();
  };
  return {"blend", Concurrency::kParallel, [blend](FrameGroup& group) { for_each_restored_face(group, blend); }, 0,
          std::move(needs)};
}

void add_blending(Line& line, const BlendOptions& options) {
  if (options.match_colour || options.temporal) line.add(make_match_stage(options));
  line.add(make_recall_stage(options));
  if (options.temporal) line.add(make_blend_stage(options));
}

}  // namespace reelface
