// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/frame_changes.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "film/tone_change.h"
#include "image/mapped_bounds.h"
#include "pipeline/stages/clean_stage.h"
#include "pipeline/stages/cuts_stage.h"
#include "pipeline/stages/light_stage.h"
#include "pipeline/stages/repair_stage.h"
#include "pipeline/stages/steady_stage.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

constexpr double kLongestSeconds = 1;

/// Whether a step that looks at each frame has changed this one.
bool is_treated(const FrameJob& job, Treatment::Kind kind) {
  if (kind == Treatment::Kind::kSteadied) {
    const SteadyWork* const work = job.work.get<SteadyWork>();
    return work && work->shift != cv::Point2d();
  }
  if (kind == Treatment::Kind::kEvened) return job.work.get<ToneChange>() != nullptr;
  if (kind == Treatment::Kind::kCleaned) {
    const CleanWork* const work = job.work.get<CleanWork>();
    return work && work->share > 0;
  }
  if (kind == Treatment::Kind::kLight) return changes_light(job);
  // Of the others nothing is known frame by frame, so any may be changed.
  return kind != Treatment::Kind::kRepaired && kind != Treatment::Kind::kFaces;
}

SampleArea within(SampleArea area, const FrameFacts& facts) {
  area.left = std::clamp(area.left, 0, facts.width);
  area.top = std::clamp(area.top, 0, facts.height);
  area.right = std::clamp(area.right, area.left, facts.width);
  area.bottom = std::clamp(area.bottom, area.top, facts.height);
  return area;
}

/// Grown to whole samples of chroma.
SampleArea grown(SampleArea area, const PixelLayout& layout) {
  const auto grow = [](int& first, int& end, int shift) {
    first = first >> shift << shift;
    end = (end + (1 << shift) - 1) >> shift << shift;
  };
  grow(area.left, area.right, layout.chroma_shift_x);
  grow(area.top, area.bottom, layout.chroma_shift_y);
  return area;
}

int whole(double place) {
  constexpr double kFarthest = 1e6;
  return static_cast<int>(std::clamp(place, -kFarthest, kFarthest));
}

/// Everything that the crop shows, and the chroma samples that reach into it.
SampleArea area_of(const FaceJob& face, const FrameFacts& facts) {
  constexpr int kReach = 2;
  if (!face.mask) return {0, 0, facts.width, facts.height};  // the picture is a crop already
  const Affine crop_to_coded = face.coded_to_crop.inverse();
  const MappedBounds bounds =
      mapped_bounds(crop_to_coded, {-0.5, -0.5}, {face.mask->width - 0.5, face.mask->height - 0.5});
  const SampleArea area{whole(std::floor(bounds.left)) - kReach, whole(std::floor(bounds.top)) - kReach,
                        whole(std::ceil(bounds.right)) + kReach, whole(std::ceil(bounds.bottom)) + kReach};
  return within(grown(area, facts.layout), facts);
}

SampleArea area_of(const cv::Rect& box) {
  return {box.x, box.y, box.x + box.width, box.y + box.height};
}

void add_faces(FrameChanges& changes, const FaceWork& work, const FrameFacts& read) {
  for (const FaceJob& face : work.faces) {
    if (face.restored.samples.empty()) continue;
    const double strength = face.strength.total();
    changes.faces[face.track.track_id].include({area_of(face, read), strength, strength});
  }
}

void add_repairs(FrameChanges& changes, const RepairWork& work, const FrameFacts& read) {
  for (const Defect& defect : work.defects) {
    changes.repaired.include(area_of(defect.box));
    changes.repaired_samples += defect.area();
  }
  for (const Scratch& scratch : work.scratches) {
    changes.repaired.include(area_of(scratch.box));
    changes.repaired_samples += scratch.area;
  }
  changes.repairs += static_cast<std::int64_t>(work.defects.size() + work.scratches.size());
  changes.repaired = within(grown(changes.repaired, read.layout), read);
}

}  // namespace

void SampleArea::include(const SampleArea& other) {
  if (other.is_empty()) return;
  if (is_empty()) {
    *this = other;
    return;
  }
  left = std::min(left, other.left), top = std::min(top, other.top);
  right = std::max(right, other.right), bottom = std::max(bottom, other.bottom);
}

void FaceChange::include(const FaceChange& other) {
  area.include(other.area);
  weakest = std::min(weakest, other.weakest);
  strongest = std::max(strongest, other.strongest);
}

bool FrameChanges::are_alike(const FrameChanges& other) const {
  const auto same_track = [](const auto& one, const auto& two) { return one.first == two.first; };
  return whole == other.whole && (repairs > 0) == (other.repairs > 0) &&
         std::equal(faces.begin(), faces.end(), other.faces.begin(), other.faces.end(), same_track);
}

void FrameChanges::include(const FrameChanges& other) {
  whole.insert(other.whole.begin(), other.whole.end());
  for (const auto& [track, change] : other.faces) faces[track].include(change);
  repairs += other.repairs;
  repaired_samples += other.repaired_samples;
  repaired.include(other.repaired);
}

FrameChanges changes_of(const FrameJob& job, const Provenance& provenance) {
  const FrameFacts& read = job.frame->facts();
  FrameChanges changes;
  for (const Treatment& made : provenance.treatments) {
    if (is_treated(job, made.kind)) changes.whole.insert(made.words);
  }
  if (const RepairWork* const work = job.work.get<RepairWork>()) add_repairs(changes, *work, read);
  if (const FaceWork* const work = job.work.get<FaceWork>()) add_faces(changes, *work, read);
  return changes;
}

bool begins_shot(const FrameJob& job) {
  const FaceWork* const faces = job.work.get<FaceWork>();
  return starts_shot(job) || (faces && faces->starts_shot);
}

std::optional<ChangedStretch> ChangedStretches::add(std::int64_t frame, double seconds, bool starts_shot,
                                                    const FrameChanges& changes) {
  const bool goes_on = open_ && !starts_shot && frame == open_->last_frame + 1 && changes.are_alike(open_->changes) &&
                       seconds - open_->from_seconds < kLongestSeconds;
  if (goes_on) {
    open_->last_frame = frame;
    open_->to_seconds = seconds;
    open_->changes.include(changes);
    return std::nullopt;
  }
  std::optional<ChangedStretch> ended = finish();
  if (changes.any()) open_ = ChangedStretch{frame, frame, seconds, seconds, changes};
  return ended;
}

std::optional<ChangedStretch> ChangedStretches::finish() {
  return std::exchange(open_, std::nullopt);
}

}  // namespace reelface
