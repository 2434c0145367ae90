// SPDX-License-Identifier: Apache-2.0
#include "app/change_recorder.h"

#include <utility>

namespace reelface {

void ChangeTotal::include(const ChangedStretch& stretch) {
  if (frames == 0) {
    first_frame = stretch.first_frame;
    from_seconds = stretch.from_seconds;
  }
  last_frame = stretch.last_frame;
  to_seconds = stretch.to_seconds;
  frames += stretch.last_frame - stretch.first_frame + 1;
}

void ChangeTotals::include(const ChangedStretch& stretch) {
  const FrameChanges& changes = stretch.changes;
  for (const std::string& words : changes.whole) whole[words].include(stretch);
  for (const auto& [track, change] : changes.faces) {
    FaceTotal& face = faces[track];
    face.include(stretch);
    face.change.include(change);
  }
  if (changes.repairs == 0) return;
  repairs.include(stretch);
  repairs.repairs += changes.repairs;
  repairs.samples += changes.repaired_samples;
  repairs.area.include(changes.repaired);
}

ChangeRecorder::ChangeRecorder(Provenance provenance, Tell tell)
    : provenance_(std::move(provenance)), tell_(std::move(tell)) {}

LineEditor ChangeRecorder::editor() {
  return [this](Line& line) {
    StepNeeds needs;
    needs.reason = "notes what was done to which frames, and where";
    line.insert_before("paste",
                       Stage{"note", Concurrency::kSerial, [this](FrameGroup& group) { see(group); }, 0, needs});
  };
}

void ChangeRecorder::see(const FrameGroup& group) {
  for (const FrameJob& job : group.jobs) {
    if (job.frame) {
      changes_ = changes_of(job, provenance_);
      note(job, begins_shot(job) && !job.is_repeat);
    }
    // They show what becomes of the frame before them.
    for (const FrameJob& repeat : job.repeats) note(repeat, false);
  }
  if (group.is_last) pass_on(stretches_.finish());
}

void ChangeRecorder::note(const FrameJob& job, bool starts_shot) {
  const FrameFacts& facts = job.frame->facts();
  pass_on(stretches_.add(job.index, seconds(facts.pts, facts.time_base), starts_shot, changes_));
}

void ChangeRecorder::pass_on(const std::optional<ChangedStretch>& stretch) {
  if (!stretch) return;
  totals_.include(*stretch);
  if (tell_) tell_(*stretch);
}

}  // namespace reelface
