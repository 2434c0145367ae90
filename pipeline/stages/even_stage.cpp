// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/even_stage.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "film/frame_change.h"
#include "film/tone_change.h"
#include "film/toned_frame.h"
#include "pipeline/stages/tremble_step.h"

namespace reelface {
namespace {

constexpr double kFlash = 24;  // levels on average: more is a flash or a lamp, no flicker
// Levels of a frame on average. Nobody sees less, and taking it out would make flat and dark pictures noisier.
constexpr double kTooLittleFlicker = 0.5;
constexpr double kGainUnit = 128;  // a gain's share in levels of a middle grey, to be told by the same tolerance

/// Over a second or two: flicker is quick, and what the light does slowly is wanted.
TremblePathOptions light_path() {
  TremblePathOptions path;
  path.frames_back = 48;
  path.frames_ahead = 32;
  path.range = 14;
  path.speed = 1.5;
  path.local_reach = 12;
  path.while_moving = false;  // a fade bends where it begins and ends, which no curve through its frames does
  return path;
}

/// A change of this grey in levels of a middle grey: light that flickers changes bright tones most, and one tolerance
/// has to hold for all.
double in_middle_levels(int knot) {
  constexpr double kKnotDistance = 255.0 / (ToneChange::kKnots - 1);
  return kGainUnit / (kKnotDistance * std::max(knot, 1));
}

TremblePath::Values values_of(const ToneChange& change) {
  TremblePath::Values values;
  for (int knot = 0; knot < ToneChange::kKnots; ++knot) {
    values.push_back(change.by_level[knot] * in_middle_levels(knot));
  }
  values.push_back(change.across * kGainUnit);
  values.push_back(change.down * kGainUnit);
  return values;
}

ToneChange tone_of(const TremblePath::Values& values) {
  ToneChange tone;
  for (int knot = 0; knot < ToneChange::kKnots; ++knot) tone.by_level[knot] = values[knot] / in_middle_levels(knot);
  tone.across = values[ToneChange::kKnots] / kGainUnit;
  tone.down = values[ToneChange::kKnots + 1] / kGainUnit;
  return tone;
}

double largest_change(const TremblePath::Values& values) {
  double largest = 0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  return largest;
}

std::optional<TremblePath::Values> flicker_between(const MotionCopy& before, const MotionCopy& now) {
  const std::optional<ToneChange> change = tone_between(before, now);
  if (!change || largest_change(values_of(*change)) > kFlash) return std::nullopt;
  return values_of(*change);
}

void keep_tone(FrameJob& job, const TremblePath::Values& tremble) {
  if (!job.frame || !job.frame->facts().layout.editable) return;
  ToneChange tone = tone_of(tremble);
  const double share = share_taken_out(mean_change(*job.frame, tone), kTooLittleFlicker);
  if (share <= 0) return;
  for (double& levels : tone.by_level) levels *= share;
  tone.across *= share;
  tone.down *= share;
  job.work.make<ToneChange>() = tone;
}

void tone_frames(FrameGroup& group) {
  for (FrameJob& job : group.jobs) {
    const ToneChange* const tone = job.work.get<ToneChange>();
    if (!job.frame || !tone) continue;
    job.frame->make_writable();
    take_back(*job.frame, *tone);
  }
}

}  // namespace

LookAhead make_even_stage(std::size_t frames_per_group) {
  return make_tremble_step({"even", "finds how the light flickers", light_path(), flicker_between, keep_tone},
                           frames_per_group);
}

Stage make_tone_stage() {
  StepNeeds needs;
  needs.reason = "gives frames the light that belongs to them";
  needs.restores = true;
  return {"tone", Concurrency::kParallel, tone_frames, 0, std::move(needs)};
}

}  // namespace reelface
