// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/steady_stage.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "film/frame_change.h"
#include "film/shifted_frame.h"
#include "pipeline/stages/tremble_step.h"

namespace reelface {
namespace {

constexpr double kMostPx = 8;         // no gate lets a film sway farther
constexpr double kTooLittlePx = 0.1;  // nobody sees it, and motion is not found more exactly in every picture

std::optional<TremblePath::Values> sway_between(const MotionCopy& before, const MotionCopy& now) {
  const std::optional<cv::Point2d> shift = shift_between(before, now);
  if (!shift) return std::nullopt;
  return TremblePath::Values{shift->x, shift->y};
}

void keep_shift(FrameJob& job, const TremblePath::Values& tremble) {
  const cv::Point2d shift(-tremble[0], -tremble[1]);
  const double length = std::hypot(shift.x, shift.y);
  const double share = share_taken_out(length, kTooLittlePx);
  if (share <= 0) return;
  job.work.make<SteadyWork>().shift = shift * std::min(share, kMostPx / length);
}

void move_frames(FrameGroup& group) {
  for (FrameJob& job : group.jobs) {
    const SteadyWork* const work = job.work.get<SteadyWork>();
    if (job.frame && work) job.frame = shifted_frame(*job.frame, work->shift);
  }
}

}  // namespace

LookAhead make_steady_stage(std::size_t frames_per_group) {
  return make_tremble_step({"steady", "finds how the film trembles in its gate", {}, sway_between, keep_shift},
                           frames_per_group);
}

Stage make_shift_stage() {
  StepNeeds needs;
  needs.reason = "moves frames to where they belong";
  needs.restores = true;
  needs.memory.bytes_per_frame = [](const FrameFacts& facts) { return bytes_of_frame(facts); };
  return {"shift", Concurrency::kParallel, move_frames, 0, std::move(needs)};
}

}  // namespace reelface
