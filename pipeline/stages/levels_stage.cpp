// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/levels_stage.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "film/faded_colours.h"
#include "film/faded_levels.h"
#include "film/film_picture.h"
#include "film/toned_frame.h"
#include "image/small_copy.h"
#include "pipeline/graph/frame_windows.h"
#include "pipeline/stages/cuts_stage.h"

namespace reelface {
namespace {

constexpr std::ptrdiff_t kLevelsReach = 16;  // frames to either side: contrast must not follow what enters the picture
constexpr int kColourSide = 320;             // of the small copy that colours are measured on
constexpr double kTooLittleContrast = 1;     // level; less cannot be seen

/// What is known of a frame.
struct Levels {
  ToneRange tones;
  std::optional<ColourRanges> colours;  ///< nothing where there are none
};

/// Over the frames around one: its brightness is to be changed, or its channels.
struct FadedWork {
  ToneChange fading;
  std::optional<ChannelCurves> channels;
};

bool has_colour(const FrameFacts& facts) {
  return facts.layout.component_count - (facts.layout.has_alpha ? 1 : 0) >= 3;
}

Levels mean_of(const std::vector<const Levels*>& frames) {
  Levels mean;
  mean.tones = {0, 0, 0};
  std::vector<const ColourRanges*> colours;
  const double share = 1.0 / static_cast<double>(frames.size());
  for (const Levels* frame : frames) {
    mean.tones.black += share * frame->tones.black;
    mean.tones.white += share * frame->tones.white;
    mean.tones.middle += share * frame->tones.middle;
    if (frame->colours) colours.push_back(&*frame->colours);
  }
  if (!colours.empty()) mean.colours = reelface::mean_of(colours);
  return mean;
}

/// Whether a few samples in a thousand of the frame that these ranges are of would lie beyond black or white.
bool clips(const ChannelCurves& curves, const ColourRanges& own) {
  for (int channel = 0; channel < 3; ++channel) {
    const ToneRange& range = own.channels[static_cast<std::size_t>(channel)];
    if (range.black > 0 && curves.at(channel, static_cast<float>(range.black / 255)) <= 0) return true;
    if (range.white < 255 && curves.at(channel, static_cast<float>(range.white / 255)) >= 1) return true;
  }
  return false;
}

/// Nothing where brightness alone is to be changed.
std::optional<ChannelCurves> channels_of(const Levels& mean, const Levels& own, bool neutral) {
  if (!mean.colours || !own.colours || (!neutral && has_one_tone(*mean.colours))) return std::nullopt;
  double strength = neutral ? 1 : faded_share(mean.tones);
  if (strength <= 0) return std::nullopt;
  const ColourRanges ranges =
      has_one_tone(*mean.colours) ? *mean.colours : with_common_middle(*mean.colours, mean.tones);
  ChannelCurves curves = unfading_curves(ranges, unfaded(mean.tones), strength);
  constexpr double kWeaker = 0.9;
  for (int tries = 0; tries < 30 && clips(curves, *own.colours); ++tries)
    curves = unfading_curves(ranges, unfaded(mean.tones), strength *= kWeaker);
  return curves;
}

class MeasuringLevels : public FrameWindows<Levels> {
 public:
  explicit MeasuringLevels(bool neutral) : FrameWindows({kLevelsReach, kLevelsReach}), neutral_(neutral) {}

 private:
  bool starts_shot(const FrameJob& job) const override { return reelface::starts_shot(job); }

  std::optional<Levels> keep(FrameJob& job, const FrameWindow<Levels>&) override {
    const FrameFacts& facts = job.frame->facts();
    if (!facts.layout.editable) return std::nullopt;
    Levels levels;
    levels.tones = measure_tone_range(grey_picture(*job.frame));
    if (has_colour(facts))
      levels.colours = measure_colour_ranges(make_small_copy(*job.frame, kColourSide).picture.view());
    return levels;
  }

  void complete(FrameJob& job, const FrameWindow<Levels>& window) override {
    std::vector<const Levels*> frames;
    for (std::ptrdiff_t offset = -kLevelsReach; offset <= kLevelsReach; ++offset) {
      if (const Levels* const levels = window.at(offset)) frames.push_back(levels);
    }
    const Levels mean = mean_of(frames);
    const Levels& own = *window.at(0);
    job.work.make<FadedWork>() = {fading_of(mean.tones, own.tones), channels_of(mean, own, neutral_)};
  }

  bool neutral_;
};

bool can_be_seen(const ToneChange& change) {
  return std::any_of(change.by_level.begin(), change.by_level.end(),
                     [](double levels) { return std::abs(levels) >= kTooLittleContrast; });
}

void give_levels(FrameGroup& group) {
  for (FrameJob& job : group.jobs) {
    const FadedWork* const work = job.work.get<FadedWork>();
    if (!job.frame || !work) continue;
    if (work->channels ? !work->channels->can_be_seen() : !can_be_seen(work->fading)) continue;
    job.frame->make_writable();
    if (work->channels)
      change_channels(*job.frame, *work->channels);
    else
      take_back(*job.frame, work->fading);
  }
}

}  // namespace

LookAhead make_levels_stage(std::size_t frames_per_group, bool neutral) {
  StepNeeds needs;
  needs.reason = "finds how faded the film is";
  needs.back = needs.ahead = {0, kLevelsReach};
  needs.stops_at_cut = true;
  needs.groups_held = groups_held_by_window(static_cast<std::size_t>(kLevelsReach), frames_per_group);
  return {"levels", std::make_shared<MeasuringLevels>(neutral), std::move(needs)};
}

Stage make_contrast_stage() {
  StepNeeds needs;
  needs.reason = "gives a faded film its levels back";
  needs.restores = true;
  constexpr std::int64_t kPictures = 2, kBytesOfPixel = 3 * sizeof(float);
  needs.memory.bytes_at_work = [](const FrameFacts& facts, int threads) {
    return threads * kPictures * kBytesOfPixel * facts.width * facts.height;
  };
  return {"contrast", Concurrency::kParallel, give_levels, 0, std::move(needs)};
}

}  // namespace reelface
