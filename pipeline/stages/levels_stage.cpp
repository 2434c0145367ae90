#include "pipeline/stages/levels_stage.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "film/faded_levels.h"
#include "film/film_picture.h"
#include "film/toned_frame.h"
#include "pipeline/graph/frame_windows.h"
#include "pipeline/stages/cuts_stage.h"

namespace reelface {
namespace {

constexpr std::ptrdiff_t kReach = 16;  // frames to either side: contrast must not follow what enters the picture
constexpr double kTooLittle = 1;       // level; less cannot be seen

/// Over the frames around one.
struct FadedWork {
  ToneChange fading;
};

class MeasuringLevels : public FrameWindows<ToneRange> {
 public:
  MeasuringLevels() : FrameWindows({kReach, kReach}) {}

 private:
  bool starts_shot(const FrameJob& job) const override { return reelface::starts_shot(job); }

  std::optional<ToneRange> keep(FrameJob& job, const FrameWindow<ToneRange>&) override {
    if (!job.frame->facts().layout.editable) return std::nullopt;
    return measure_tone_range(grey_picture(*job.frame));
  }

  void complete(FrameJob& job, const FrameWindow<ToneRange>& window) override {
    double count = 0, black = 0, white = 0;
    for (std::ptrdiff_t offset = -kReach; offset <= kReach; ++offset) {
      const ToneRange* const range = window.at(offset);
      if (!range) continue;
      black += range->black;
      white += range->white;
      ++count;
    }
    job.work.make<FadedWork>().fading = fading_of({black / count, white / count});
  }
};

bool can_be_seen(const ToneChange& change) {
  return std::any_of(change.by_level.begin(), change.by_level.end(),
                     [](double levels) { return std::abs(levels) >= kTooLittle; });
}

void give_contrast(FrameGroup& group) {
  for (FrameJob& job : group.jobs) {
    const FadedWork* const work = job.work.get<FadedWork>();
    if (!job.frame || !work || !can_be_seen(work->fading)) continue;
    job.frame->make_writable();
    take_back(*job.frame, work->fading);
  }
}

}  // namespace

LookAhead make_levels_stage(std::size_t frames_per_group) {
  StepNeeds needs;
  needs.reason = "finds how faded the film is";
  needs.back = needs.ahead = {0, kReach};
  needs.stops_at_cut = true;
  needs.groups_held = groups_held_by_window(static_cast<std::size_t>(kReach), frames_per_group);
  return {"levels", std::make_shared<MeasuringLevels>(), std::move(needs)};
}

Stage make_contrast_stage() {
  StepNeeds needs;
  needs.reason = "gives a faded film its contrast back";
  needs.restores = true;
  return {"contrast", Concurrency::kParallel, give_contrast, 0, std::move(needs)};
}

}  // namespace reelface
