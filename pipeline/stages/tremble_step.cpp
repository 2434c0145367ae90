// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/tremble_step.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "pipeline/stages/cuts_stage.h"

namespace reelface {
namespace {

class Trembling : public LookAheadStage {
 public:
  explicit Trembling(Tremble tremble) : tremble_(std::move(tremble)), path_(tremble_.path) {}

  std::vector<FrameGroupPtr> take(FrameGroupPtr group) override {
    for (FrameJob& job : group->jobs) {
      if (job.frame) look_at(job);
    }
    const bool is_pause = !group->has_frames();
    held_.push_back(std::move(group));
    return is_pause ? flush() : release();
  }

  std::vector<FrameGroupPtr> flush() override {
    path_.finish();
    settle();
    path_ = TremblePath(tremble_.path);
    before_.reset();
    return release();
  }

 private:
  using Change = std::optional<TremblePath::Values>;

  void look_at(FrameJob& job) {
    waiting_[job.index] = &job;
    if (starts_shot(job)) before_.reset();
    path_.push(change_since_before(*job.frame));
    settle();
  }

  Change change_since_before(const Frame& frame) {
    if (!frame.facts().layout.editable || frame.facts().interlaced) {
      before_.reset();
      return std::nullopt;
    }
    MotionCopy now = motion_copy(frame);
    Change change;
    if (before_ && before_->grey.size() == now.grey.size()) change = tremble_.change(*before_, now);
    before_ = std::move(now);
    return change;
  }

  void settle() {
    while (const Change tremble = path_.take()) {
      const auto first = waiting_.begin();
      if (!tremble->empty()) tremble_.keep(*first->second, *tremble);
      waiting_.erase(first);
    }
  }

  std::vector<FrameGroupPtr> release() {
    const auto is_settled = [this](const FrameGroup& group) {
      return std::none_of(group.jobs.begin(), group.jobs.end(),
                          [this](const FrameJob& job) { return job.frame && waiting_.count(job.index) > 0; });
    };
    std::vector<FrameGroupPtr> ready;
    while (!held_.empty() && is_settled(*held_.front())) {
      ready.push_back(std::move(held_.front()));
      held_.pop_front();
    }
    return ready;
  }

  Tremble tremble_;
  TremblePath path_;
  std::optional<MotionCopy> before_;
  std::map<std::int64_t, FrameJob*> waiting_;  ///< in groups that are held
  std::deque<FrameGroupPtr> held_;
};

}  // namespace

double share_taken_out(double tremble, double too_little) {
  return tremble <= too_little ? 0 : 1 - too_little / tremble * (too_little / tremble);
}

LookAhead make_tremble_step(Tremble tremble, std::size_t frames_per_group) {
  const std::int64_t ahead = tremble.path.frames_ahead;
  StepNeeds needs;
  needs.reason = tremble.reason;
  needs.back = {0, tremble.path.frames_back};
  needs.ahead = {0, ahead + 1};
  needs.stops_at_cut = true;
  needs.groups_held = static_cast<std::size_t>(ahead) / frames_per_group + 2;
  std::string name = tremble.name;
  return {std::move(name), std::make_shared<Trembling>(std::move(tremble)), std::move(needs)};
}

}  // namespace reelface
