#include "pipeline/stages/paste_stage.h"

#include <algorithm>
#include <memory>
#include <string>

#include "image/colour_match.h"
#include "image/grain.h"
#include "image/upscale.h"
#include "pipeline/stages/compare_view.h"
#include "reelface/core/error.h"
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
    const FaceWork* const work = job.work.get<FaceWork>();
    if (upscale_factor_ > 1) job.frame = upscale(*job.frame, upscale_factor_);
    if (work) {
      for (const FaceJob& face : work->faces) {
        if (!face.restored.samples.empty()) paste_face(*job.frame, face);
      }
    }
    if (compare_ == CompareMode::kNone) return;
    job.frame = compare_view(compare_, frame_before(job), *job.frame, job.work, coded_to_frame_);
  }

  /// As it was read, in the size of the result.
  Frame frame_before(const FrameJob& job) const {
    if (!job.original) throw Error(ExitCode::kInternal, "there is nothing to compare the frame with");
    return upscale(*job.original, upscale_factor_);
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

StepNeeds needs_of(const PictureOptions& options, int upscale_factor) {
  const CompareMode compare = options.compare;
  StepNeeds needs;
  needs.reason = upscale_factor > 1 ? "enlarges the picture " + std::to_string(upscale_factor) + " times, faces with it"
                                    : "puts faces back into the picture";
  if (upscale_factor > 1 || compare == CompareMode::kSide) {
    needs.facts_out = [compare, upscale_factor](const FrameFacts& facts) {
      return compare_view_facts(compare, upscaled_facts(facts, upscale_factor));
    };
  }
  if (compare == CompareMode::kNone) return needs;
  needs.reason += "; compares it with the original";
  needs.needs_original = true;
  needs.memory.bytes_per_frame = bytes_of_frame;  // the original, once the picture is no longer the same
  return needs;
}

}  // namespace

Stage make_paste_stage(const PictureOptions& options, int upscale_factor) {
  const auto pasting = std::make_shared<const Pasting>(options, upscale_factor);
  return {"paste", Concurrency::kParallel, [pasting](FrameGroup& group) { (*pasting)(group); }, 0,
          needs_of(options, upscale_factor)};
}

bool pastes_without_faces(const PictureOptions& options, int upscale_factor) {
  return upscale_factor > 1 || options.compare != CompareMode::kNone;
}

}  // namespace reelface
