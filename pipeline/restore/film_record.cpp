// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/film_record.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "film/tone_change.h"
#include "image/resized_frame.h"
#include "image/small_copy.h"
#include "pipeline/stages/clean_stage.h"
#include "pipeline/stages/compare_view.h"
#include "pipeline/stages/cuts_stage.h"
#include "pipeline/stages/repair_stage.h"
#include "pipeline/stages/steady_stage.h"

namespace reelface {

namespace {

/// Mean grey level, 0..255.
double mean_grey(const Frame& frame) {
  constexpr int kLongSide = 64;
  const GreyImage8 small = make_grey_copy(frame, kLongSide);
  const double sum = std::accumulate(small.samples.begin(), small.samples.end(), 0.0);
  return sum / static_cast<double>(std::max<std::size_t>(small.samples.size(), 1));
}

/// Per cent of the picture's mean grey.
double light_of(const ToneChange& tone, double grey) {
  return grey > 1 ? 100 * tone.at(grey, 0, 0) / grey : 0;
}

}  // namespace

FrameRecord record_of(const FrameJob& job) {
  FrameRecord record;
  record.starts_shot = starts_shot(job);
  if (const SteadyWork* const work = job.work.get<SteadyWork>())
    record.moved = std::hypot(work->shift.x, work->shift.y);
  if (const ToneChange* const tone = job.work.get<ToneChange>()) record.light = light_of(*tone, mean_grey(*job.frame));
  if (const RepairWork* const work = job.work.get<RepairWork>()) {
    record.repaired = repaired_share(*work, job.frame->facts());
    record.repairs = static_cast<int>(work->defects.size() + work->scratches.size());
  }
  if (const CleanWork* const work = job.work.get<CleanWork>()) record.cleaned = work->share;
  return record;
}

Frame with_repairs_in_red(const FrameJob& job) {
  const Affine coded_to_frame = resizing_map(size_of(job.original->facts()), size_of(job.frame->facts()));
  return compare_view(CompareMode::kRepairs, *job.frame, *job.frame, job.work, coded_to_frame);
}

}  // namespace reelface
