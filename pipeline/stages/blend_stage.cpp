#include "pipeline/stages/blend_stage.h"

#include <memory>
#include <string>
#include <utility>

#include "faces/temporal_blender.h"
#include "image/colour_match.h"
#include "people/identity_guard.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

// How far back a blended crop depends on restored ones. Colours: half a second, and margin. Who it is is measured once
// in each 1.25 seconds; a measurement holds for the next stretch and fades into the one after it.
constexpr double kColourSeconds = 0.75;
constexpr double kIdentitySeconds = 4;
constexpr std::int64_t kFrames = 3;

std::string reason_of(const BlendOptions& options) {
  if (options.temporal) return "keeps restored faces steady in time";
  if (options.match_colour) return "keeps the input's light and colour";
  return "settles how much of each face is used";
}

class Blending {
 public:
  explicit Blending(const BlendOptions& options) : options_(options) {}

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
        if (!face.restored.samples.empty()) blend(face, work->time_seconds);
      }
    }
  }

 private:
  void guard(FaceJob& face, double time_seconds) {
    if (face.identity) guard_.measure(face.track.piece_id, time_seconds, face.identity->strength);
    face.strength.identity = guard_.strength_at(face.track.piece_id, time_seconds);
  }

  void blend(FaceJob& face, double time_seconds) {
    if (options_.match_colour) match_colour(face.restored, face.crop->view(), *face.mask);
    if (options_.temporal) {
      face.restored =
          blender_.blend(face.track.piece_id, time_seconds, face.crop, std::move(face.restored),
                         face.from_earlier.empty() ? nullptr : face.from_earlier.front().get(), face.mask.get());
    }
  }

  BlendOptions options_;
  TemporalBlender blender_;
  IdentityGuard guard_;
};

}  // namespace

Stage make_blend_stage(const BlendOptions& options) {
  const auto blending = std::make_shared<Blending>(options);
  StepNeeds needs;
  needs.reason = reason_of(options);
  needs.back = {options.guard_identity ? kIdentitySeconds : kColourSeconds, kFrames};
  needs.stops_at_cut = true;
  return {"blend", Concurrency::kSerial, [blending](FrameGroup& group) { (*blending)(group); }, 0, std::move(needs)};
}

}  // namespace reelface
