// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/bottom_stage.h"

#include <optional>
#include <utility>
#include <vector>

#include "film/film_picture.h"
#include "film/switching_lines.h"
#include "pipeline/graph/frame_windows.h"

namespace reelface {
namespace {

constexpr std::ptrdiff_t kTornReach = 20;  // frames to either side

struct SwitchingWork {
  int lines = 0;
};

class FindingSwitchingLines : public FrameWindows<BottomLines> {
 public:
  FindingSwitchingLines() : FrameWindows({kTornReach, kTornReach}) {}

 private:
  std::optional<BottomLines> keep(FrameJob& job, const FrameWindow<BottomLines>& before) override {
    if (!job.frame->facts().layout.editable) return std::nullopt;
    return measure_bottom_lines(grey_picture(*job.frame), before.at(-1));
  }

  void complete(FrameJob& job, const FrameWindow<BottomLines>& window) override {
    std::vector<const BottomLines*> frames;
    for (std::ptrdiff_t offset = -kTornReach; offset <= kTornReach; ++offset) {
      if (const BottomLines* const lines = window.at(offset)) frames.push_back(lines);
    }
    job.work.make<SwitchingWork>().lines = count_switching_lines(frames);
  }
};

void fill(FrameGroup& group) {
  for (FrameJob& job : group.jobs) {
    const SwitchingWork* const work = job.work.get<SwitchingWork>();
    if (job.frame && work && work->lines > 0) job.frame = with_bottom_filled(*job.frame, work->lines);
  }
}

}  // namespace

LookAhead make_switching_lines_stage(std::size_t frames_per_group) {
  StepNeeds needs;
  needs.reason = "finds the torn lines at the bottom of a tape";
  needs.back = {0, kTornReach + 1};
  needs.ahead = {0, kTornReach};
  needs.groups_held = groups_held_by_window(static_cast<std::size_t>(kTornReach), frames_per_group);
  return {"switching_lines", std::make_shared<FindingSwitchingLines>(), std::move(needs)};
}

Stage make_bottom_stage() {
  StepNeeds needs;
  needs.reason = "fills them from the lines above";
  needs.restores = true;
  needs.memory.bytes_per_frame = [](const FrameFacts& facts) { return bytes_of_frame(facts); };
  return {"bottom", Concurrency::kParallel, fill, 0, std::move(needs)};
}

}  // namespace reelface
