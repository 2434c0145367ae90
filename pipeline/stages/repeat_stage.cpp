// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/repeat_stage.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr const char* kName = "repeat";

class Repeating {
 public:
  void operator()(FrameGroup& group) {
    std::vector<FrameJob> jobs;
    for (FrameJob& job : group.jobs) {
      std::vector<FrameJob> repeats = std::exchange(job.repeats, {});
      if (job.frame) remember(job, !repeats.empty());
      // A job that only goes on with repeats is nothing by itself.
      if (job.frame || repeats.empty()) jobs.push_back(std::move(job));
      for (FrameJob& repeat : repeats) jobs.push_back(shown_again(std::move(repeat)));
    }
    group.jobs = std::move(jobs);
  }

 private:
  void remember(const FrameJob& job, bool has_repeats) {
    shown_.reset();
    if (has_repeats) shown_ = Shown{job.frame->share(), job.original, job.work};
  }

  FrameJob shown_again(FrameJob repeat) const {
    if (!shown_) throw Error(ExitCode::kInternal, "frame " + std::to_string(repeat.index) + " repeats none");
    repeat.frame = repeat.frame->showing(shown_->frame);
    repeat.original = shown_->original;
    repeat.work = shown_->work;
    return repeat;
  }

  struct Shown {
    Frame frame;
    SharedFrame original;
    WorkSlots work;
  };
  std::optional<Shown> shown_;
};

}  // namespace

Stage make_repeat_stage() {
  StepNeeds needs;
  needs.reason = "shows pictures again that the film repeats; they were restored once";
  const auto repeating = std::make_shared<Repeating>();
  return {kName, Concurrency::kSerial, [repeating](FrameGroup& group) { (*repeating)(group); }, 0, std::move(needs)};
}

bool folds_repeats(const LineOutline& line) {
  return std::any_of(line.begin(), line.end(), [](const StepOutline& step) { return step.name == kName; });
}

}  // namespace reelface
