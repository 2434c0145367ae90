// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/cuts_stage.h"

#include <deque>
#include <map>
#include <memory>
#include <utility>

#include "image/small_copy.h"
#include "motion/shot_cut_detector.h"

namespace reelface {
namespace {

constexpr int kLongSide = 96;

struct ShotWork {
  bool starts_shot = false;
};

class FindingCuts : public LookAheadStage {
 public:
  std::vector<FrameGroupPtr> take(FrameGroupPtr group) override {
    for (FrameJob& job : group->jobs) {
      if (job.frame) look_at(job);
    }
    const bool is_pause = !group->has_frames();
    held_.push_back(std::move(group));
    return is_pause ? flush() : release();
  }

  std::vector<FrameGroupPtr> flush() override {
    decide(cuts_.flush());
    return release();
  }

 private:
  void look_at(FrameJob& job) {
    job.work.make<ShotWork>();
    if (!job.frame->facts().layout.editable) return;  // its samples cannot be read
    waiting_[job.index] = &job;
    decide(cuts_.push(job.index, make_small_copy(*job.frame, kLongSide).picture.view(),
                      stored_picture(job.frame->facts())));
  }

  void decide(const std::vector<ShotDecision>& decisions) {
    for (const ShotDecision& decision : decisions) {
      const auto decided = waiting_.find(decision.frame_index);
      decided->second->work.get<ShotWork>()->starts_shot = decision.starts_shot;
      waiting_.erase(decided);
    }
  }

  /// Groups all of whose frames are decided.
  std::vector<FrameGroupPtr> release() {
    std::vector<FrameGroupPtr> ready;
    while (!held_.empty() && !waits_for(*held_.front())) {
      ready.push_back(std::move(held_.front()));
      held_.pop_front();
    }
    return ready;
  }

  bool waits_for(const FrameGroup& group) const {
    return !waiting_.empty() && !group.jobs.empty() && waiting_.begin()->first <= group.jobs.back().index;
  }

  ShotCutDetector cuts_;
  std::map<std::int64_t, FrameJob*> waiting_;  ///< in groups that are held
  std::deque<FrameGroupPtr> held_;
};

}  // namespace

LookAhead make_cuts_stage(std::size_t frames_per_group) {
  StepNeeds needs;
  needs.reason = "finds where shots begin";
  needs.back = {0, kFramesAroundCut};
  needs.ahead = {0, kFramesAroundCut};
  needs.stops_at_cut = true;
  needs.frames_around_cut = kFramesAroundCut;
  needs.groups_held = ShotCutDetector::kLookAheadFrames / frames_per_group + 2;
  return {"cuts", std::make_shared<FindingCuts>(), std::move(needs)};
}

bool starts_shot(const FrameJob& job) {
  const ShotWork* const work = job.work.get<ShotWork>();
  return work && work->starts_shot;
}

}  // namespace reelface
