// SPDX-License-Identifier: Apache-2.0
#include "core/clock.h"
#include "core/thread_count.h"
#include "pipeline/parts/film_index.h"
#include "pipeline/parts/trial_parts.h"
#include "pipeline/parts/try_part.h"
#include "pipeline/restore/film_run.h"
#include "pipeline/restore/group_source.h"
#include "pipeline/restore/restore_settings.h"
#include "reelface/inference/device.h"
#include "reelface/parts/film_parts.h"

namespace reelface {
namespace {

/// Until the first frames of a part were there, and from then on.
class Trial {
 public:
  void note(const RestoreProgress& progress) {
    if (progress.frames_done == 0) return;
    if (frames_at_start_ == 0) {
      frames_at_start_ = progress.frames_done;
      started_ = watch_.seconds();
    }
    frames_ = progress.frames_done;
    ended_ = watch_.seconds();
  }

  double start_seconds() const { return started_; }
  std::int64_t frames() const { return frames_ - frames_at_start_; }
  double seconds() const { return ended_ - started_; }

 private:
  Stopwatch watch_;
  std::int64_t frames_at_start_ = 0, frames_ = 0;
  double started_ = 0, ended_ = 0;
};

}  // namespace

CostEstimate estimate_cost(const std::string& folder, const FilmPlan& plan, const RestoreOptions& options,
                           const CancelToken* cancel) {
  const FilmIndex index = index_of(folder, plan);
  FilmWork work;
  {
    const RestoreOptions planned = planned_options(plan, options);
    const VideoReader film(planned.input, read_options(planned, threads_to_use(planned.run.threads)), cancel);
    work = {outline_of_restoring(options, film.info().video), frames_per_group(film.info().video)};
  }
  const Stopwatch loading;
  const auto models = load_models(options);
  const double loading_seconds = loading.seconds();

  double start_seconds = 0, seconds = 0;
  std::int64_t frames = 0;
  const std::vector<PlannedPart> parts = trial_parts(index, work, plan.may_seek);
  for (const PlannedPart& part : parts) {
    Trial trial;
    try_part(
        folder, plan, options, part, models, [&trial](const RestoreProgress& now) { trial.note(now); }, cancel);
    start_seconds += trial.start_seconds() / static_cast<double>(parts.size());
    seconds += trial.seconds();
    frames += trial.frames();
  }
  CostEstimate cost;
  for (const std::string& device : resolve_devices(options.run.device))
    cost.device += (cost.device.empty() ? "" : ", ") + device;
  cost.start_seconds = loading_seconds + start_seconds;
  const auto count = static_cast<double>(plan.parts.size());
  cost.seconds_of_all_parts = count * cost.start_seconds;
  if (frames > 0 && seconds > 0) {
    cost.frames_per_second = static_cast<double>(frames) / seconds;
    cost.seconds_of_all_parts += static_cast<double>(plan.frames) / cost.frames_per_second;
  }
  return cost;
}

}  // namespace reelface
