// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/part_work.h"

#include <algorithm>
#include <utility>

#include "pipeline/graph/folding_source.h"
#include "pipeline/stages/face_stages.h"
#include "reelface/core/error.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

/// Without strength a face is neither restored nor blended nor pasted.
template <class IsSpared>
void leave_faces_alone(FrameJob& job, const IsSpared& is_spared) {
  FaceWork* const work = job.work.get<FaceWork>();
  if (!work) return;
  for (FaceJob& face : work->faces) {
    if (is_spared(face)) face.strength.presence = 0;
  }
}

/// Who it is is measured now and then, over longer than blending looks back.
bool is_spared(const PlannedPart& part, const FrameJob& job, const FaceJob& face) {
  if (job.index < part.measure_from || job.index >= part.end_frame) return true;
  return job.index < part.restore_from && !face.identity_is_due;
}

/// Others look at what they are blended from, never at the blended picture.
void leave_unblended(FrameJob& job) {
  FaceWork* const work = job.work.get<FaceWork>();
  if (!work) return;
  for (FaceJob& face : work->faces) face.blending.reset();
}

}  // namespace

bool is_outside(const PlannedPart& part, const FrameJob& job) {
  const bool may_go_on = job.repeats.size() == kMostRepeats;  // in another group
  return (job.last_index() < part.first_frame && !may_go_on) || job.index >= part.end_frame;
}

void spare_work_outside(Line& line, const PlannedPart& part) {
  line.before("restore", [part](FrameGroup& group) {
    for (FrameJob& job : group.jobs) {
      leave_faces_alone(job, [&](const FaceJob& face) { return is_spared(part, job, face); });
    }
  });
  line.before("blend", [part](FrameGroup& group) {
    for (FrameJob& job : group.jobs) {
      if (is_outside(part, job)) leave_unblended(job);
    }
  });
  line.before("paste", [part](FrameGroup& group) {
    const auto is_spared = [&part](const FrameJob& job) { return is_outside(part, job); };
    group.jobs.erase(std::remove_if(group.jobs.begin(), group.jobs.end(), is_spared), group.jobs.end());
  });
}

PartSink::PartSink(FilmPartWriter& writer, const PlannedPart& part, const SettingsFade& fade, bool follows_faces,
                   const ProgressCallback& on_progress)
    : writer_(writer), part_(part), fade_(fade), follows_faces_(follows_faces), on_progress_(on_progress) {}

/// The warm-up is short because of a cut that the look-over found; nothing would tell if it had found it wrongly.
void PartSink::check_cut(const FrameJob& job) const {
  if (!part_.starts_at_cut || job.index != part_.first_frame) return;
  const FaceWork* const work = job.work.get<FaceWork>();
  if (!work || work->starts_shot) return;
  throw Error(ExitCode::kInternal, "the cut before frame " + std::to_string(job.index) + " was not found again",
              "please report this; plan the film anew with other --parts meanwhile");
}

void PartSink::write(FrameGroup& group) {
  for (FrameJob& job : group.jobs) {
    if (!job.frame || job.index < part_.first_frame || job.index >= part_.end_frame) continue;
    check_cut(job);
    faces_restored_ += restored_faces(job);
    const FaceWork* const work = job.work.get<FaceWork>();
    if (work && follows_faces_) ledger_.note(job.index, *work);
    fallback_.note(job);
    fade_.apply(job.index, *job.frame);
    writer_.write(std::move(*job.frame));
    job.frame.reset();
    job.work.clear();
    ++frames_written_;
  }
  if (on_progress_) on_progress_({frames_written_, part_.frames(), faces_restored_, watch_.seconds()});
}

}  // namespace reelface
