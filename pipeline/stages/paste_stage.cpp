#include "pipeline/stages/paste_stage.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "image/colour_match.h"
#include "image/grain.h"
#include "image/upscale.h"
#include "pipeline/stages/compare_view.h"
#include "reelface/image/paste.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

// Grain is part of a film's look, noise is what restoring takes away: of what the surroundings have, no more than this
// is given back to the face. Luma 0..1.
constexpr float kMostGrain = 4.0F / 255;

GrainModel at_most_grain(GrainModel grain) {
  for (float& sigma : grain.sigma) sigma = std::min(sigma, kMostGrain);
  return grain;
}

class Pasting {
 public:
  Pasting(const PictureOptions& options, int upscale_factor)
      : match_grain_(options.match_grain),
        compare_(options.compare),
        upscale_factor_(upscale_factor),
        coded_to_frame_(upscale_map(upscale_factor)) {}

  void operator()(FrameGroup& group) const {
    for (FrameJob& job : group.jobs) {
      if (job.frame) finish(job);
    }
  }

 private:
  void finish(FrameJob& job) const {
    if (upscale_factor_ > 1) job.frame = upscale(*job.frame, upscale_factor_);
    std::optional<Frame> before;
    if (compare_ != CompareMode::kNone) before = job.frame->share();
    if (job.faces) {
      for (const FaceJob& face : job.faces->faces) {
        if (!face.restored.samples.empty()) paste_face(*job.frame, face);
      }
    }
    if (before) job.frame = compare_view(compare_, *before, *job.frame, job.faces.get(), coded_to_frame_);
  }

  void paste_face(Frame& frame, const FaceJob& face) const {
    const Affine frame_to_crop = chain(coded_to_frame_.inverse(), face.coded_to_crop);
    const MaskImage& mask = *face.mask;
    GrainModel surroundings;
    if (match_grain_) {
      surroundings = at_most_grain(measure_grain(frame, frame_to_crop, mask, GrainRegion::kSurroundings));
    }
    const GrainModel before = measure_grain(frame, frame_to_crop, mask, GrainRegion::kFace);
    PasteOptions options;
    options.strength = face.strength.total();
    options.luma_only = is_grey(face.colour_variance);
    options.fine_noise_removal = fine_noise_share(frame, frame_to_crop, face.crop->view(), mask, before);
    paste(frame, frame_to_crop, {face.crop->view(), face.restored.view(), mask}, options);
    if (!match_grain_) return;
    const GrainModel after = measure_grain(frame, frame_to_crop, mask, GrainRegion::kFace);
    const GrainModel missing = missing_grain(surroundings, before, after);
    if (!missing.is_empty()) {
      add_grain(frame, frame_to_crop, mask, missing, content_seed(face.crop->view()));
    }
  }

  bool match_grain_;
  CompareMode compare_;
  int upscale_factor_;
  Affine coded_to_frame_;
};

}  // namespace

Stage make_paste_stage(const PictureOptions& options, int upscale_factor) {
  const auto pasting = std::make_shared<const Pasting>(options, upscale_factor);
  return {"paste", Concurrency::kParallel, [pasting](FrameGroup& group) { (*pasting)(group); }};
}

FrameFacts pasted_facts(const PictureOptions& options, int upscale_factor, const FrameFacts& facts) {
  return compare_view_facts(options.compare, upscaled_facts(facts, upscale_factor));
}

}  // namespace reelface
