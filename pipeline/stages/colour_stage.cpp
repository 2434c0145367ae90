// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/colour_stage.h"

#include <optional>
#include <utility>

#include "film/colour_shift.h"
#include "film/shifted_frame.h"
#include "pipeline/graph/frame_windows.h"
#include "pipeline/stages/cuts_stage.h"

namespace reelface {
namespace {

constexpr std::ptrdiff_t kShiftReach = 16;  // frames to either side: a tape's shift hardly changes, a frame says little

struct ColourWork {
  double shift = 0;  ///< to the right, in pixels
};

class MeasuringColourShift : public FrameWindows<ColourFit> {
 public:
  MeasuringColourShift() : FrameWindows({kShiftReach, kShiftReach}) {}

 private:
  bool starts_shot(const FrameJob& job) const override { return reelface::starts_shot(job); }

  std::optional<ColourFit> keep(FrameJob& job, const FrameWindow<ColourFit>&) override {
    return measure_colour_fit(*job.frame);
  }

  void complete(FrameJob& job, const FrameWindow<ColourFit>& window) override {
    ColourFit all;
    for (std::ptrdiff_t offset = -kShiftReach; offset <= kShiftReach; ++offset) {
      if (const ColourFit* const fit = window.at(offset)) all.add(*fit);
    }
    job.work.make<ColourWork>().shift = colour_shift(all, job.frame->facts());
  }
};

void move_colours(FrameGroup& group) {
  for (FrameJob& job : group.jobs) {
    const ColourWork* const work = job.work.get<ColourWork>();
    if (!job.frame || !work || work->shift == 0) continue;
    job.frame = with_shifted_colours(*job.frame, {work->shift, 0});
  }
}

}  // namespace

LookAhead make_colour_shift_stage(std::size_t frames_per_group) {
  StepNeeds needs;
  needs.reason = "finds how far colours lie beside what they colour";
  needs.back = needs.ahead = {0, kShiftReach};
  needs.stops_at_cut = true;
  needs.groups_held = groups_held_by_window(static_cast<std::size_t>(kShiftReach), frames_per_group);
  return {"colour_shift", std::make_shared<MeasuringColourShift>(), std::move(needs)};
}

Stage make_colour_stage() {
  StepNeeds needs;
  needs.reason = "moves colours to where they belong";
  needs.restores = true;
  needs.memory.bytes_per_frame = [](const FrameFacts& facts) { return bytes_of_frame(facts); };
  return {"colours", Concurrency::kParallel, move_colours, 0, std::move(needs)};
}

}  // namespace reelface
