// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/paste_stage.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "image/colour_match.h"
#include "image/grain.h"
#include "pipeline/stages/compare_view.h"
#include "pipeline/stages/enlarged_picture.h"
#include "pipeline/values/enlarging.h"
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
  Pasting(const PictureOptions& options, EnlargeOptions enlarge)
      : match_grain_(options.match_grain), compare_(options.compare), enlarge_(std::move(enlarge)) {}

  void operator()(FrameGroup& group) const {
    for (FrameJob& job : group.jobs) {
      if (job.frame) finish(job);
    }
  }

 private:
  void finish(FrameJob& job) const {
    const FaceWork* const work = job.work.get<FaceWork>();
    const FrameFacts& facts = job.frame->facts();
    const FrameSize size = target_size(facts, enlarge_);
    const Affine coded_to_frame = resizing_map(size_of(facts), size);
    if (size != size_of(facts)) job.frame = enlarged(job, size);
    if (work) {
      for (const FaceJob& face : work->faces) {
        if (!face.restored.samples.empty()) paste_face(*job.frame, coded_to_frame, face);
      }
    }
    if (compare_ == CompareMode::kNone) return;
    job.frame = compare_view(compare_, frame_before(job, size), *job.frame, job.work, coded_to_frame);
  }

  /// As an earlier step has enlarged it; where none could, by its samples alone.
  static Frame enlarged(FrameJob& job, FrameSize size) {
    EnlargedPicture* const made = job.work.get<EnlargedPicture>();
    if (!made) return resized_frame(*job.frame, size);
    Frame frame = std::move(*made->frame);
    job.work.drop<EnlargedPicture>();
    return frame;
  }

  /// As it was read, in the size of the result.
  static Frame frame_before(const FrameJob& job, FrameSize size) {
    if (!job.original) throw Error(ExitCode::kInternal, "there is nothing to compare the frame with");
    return resized_frame(*job.original, size);
  }

  void paste_face(Frame& frame, const Affine& coded_to_frame, const FaceJob& face) const {
    const Affine frame_to_crop = chain(coded_to_frame.inverse(), face.coded_to_crop);
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
  EnlargeOptions enlarge_;
};

StepNeeds needs_of(const PictureOptions& options, const EnlargeOptions& enlarge) {
  const CompareMode compare = options.compare;
  const bool is_resized = may_resize(enlarge);
  StepNeeds needs;
  needs.reason = is_resized ? "enlarges the picture, faces with it" : "puts faces back into the picture";
  if (is_resized || compare == CompareMode::kSide) {
    needs.facts_out = [compare, enlarge](const FrameFacts& facts) {
      return compare_view_facts(compare, resized_facts(facts, target_size(facts, enlarge)));
    };
  }
  if (compare == CompareMode::kNone) return needs;
  needs.reason += "; compares it with the original";
  needs.needs_original = true;
  needs.memory.bytes_per_frame = bytes_of_frame;  // the original, once the picture is no longer the same
  return needs;
}

}  // namespace

Stage make_paste_stage(const PictureOptions& options, const EnlargeOptions& enlarge) {
  const auto pasting = std::make_shared<const Pasting>(options, enlarge);
  return {"paste", Concurrency::kParallel, [pasting](FrameGroup& group) { (*pasting)(group); }, 0,
          needs_of(options, enlarge)};
}

bool pastes_without_faces(const PictureOptions& options, bool is_resized) {
  return is_resized || options.compare != CompareMode::kNone;
}

}  // namespace reelface
