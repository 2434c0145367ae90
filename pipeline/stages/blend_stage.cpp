#include "pipeline/stages/blend_stage.h"

#include <memory>
#include <utility>

#include "faces/temporal_blender.h"
#include "image/colour_match.h"
#include "people/identity_guard.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

class Blending {
 public:
  explicit Blending(const BlendOptions& options) : options_(options) {}

  void operator()(FrameGroup& group) {
    for (FrameJob& job : group.jobs) {
      if (!job.faces) continue;
      if (job.faces->starts_shot) {
        blender_.reset();
        guard_.reset();
      }
      for (FaceJob& face : job.faces->faces) {
        guard(face, job.faces->time_seconds);
        if (!face.restored.samples.empty()) blend(face, job.faces->time_seconds);
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
  return {"blend", Concurrency::kSerial, [blending](FrameGroup& group) { (*blending)(group); }};
}

}  // namespace reelface
