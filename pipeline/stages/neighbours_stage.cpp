#include "pipeline/stages/neighbours_stage.h"

#include <deque>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "motion/distinct_pictures.h"
#include "pipeline/graph/frame_windows.h"
#include "pipeline/stages/cuts_stage.h"
#include "pipeline/stages/enlarged_picture.h"
#include "pipeline/stages/repair_stage.h"

namespace reelface {
namespace {

constexpr std::size_t kFramesOfDamage = 24;
constexpr std::size_t kFramesOfNoise = 20;  // those need their own neighbours, too

/// Every second picture may be a repeat of the one before.
constexpr std::size_t reach_of(std::size_t side) {
  return 2 * side;
}

/// A picture with the steps from those before it, the nearest first.
struct LinkedPicture {
  SharedPicture picture;
  std::vector<SharedPictureStep> from_earlier;
  std::optional<double> change;  ///< from the one before
  double damage = 0;             ///< on average up to here
  std::size_t shot = 0;
};

/// Over the last frames of a shot.
class MeanDamage {
 public:
  void forget() { counts_.clear(); }

  double with(const FrameJob& job) {
    const RepairWork* const work = job.work.get<RepairWork>();
    counts_.push_back(work ? static_cast<double>(work->defects.size() + work->scratches.size()) : 0);
    if (counts_.size() > kFramesOfDamage) counts_.pop_front();
    return std::accumulate(counts_.begin(), counts_.end(), 0.0) / static_cast<double>(counts_.size());
  }

 private:
  std::deque<double> counts_;
};

class GatheringPictures : public FrameWindows<LinkedPicture> {
 public:
  GatheringPictures(std::size_t side, NeighboursOf which, bool noise)
      : FrameWindows({reach_of(side), reach_of(side)}), side_(side), which_(which), gives_noise_(noise) {}

 private:
  using Window = FrameWindow<LinkedPicture>;

  std::optional<LinkedPicture> keep(FrameJob& job, const Window& before) override {
    if (reelface::starts_shot(job)) {
      ++shot_;
      damage_.forget();
    }
    const FrameFacts& facts = job.frame->facts();
    if (!facts.layout.editable || facts.interlaced || facts.damaged) return std::nullopt;
    const Frame* const picture = picture_of(job);
    if (!picture) return std::nullopt;
    LinkedPicture linked{std::make_shared<const MovingPicture>(picture->share()), {}, {}, damage_.with(job), shot_};
    for (std::ptrdiff_t distance = 1; distance <= static_cast<std::ptrdiff_t>(reach_of(side_)); ++distance) {
      const LinkedPicture* const earlier = before.at(-distance);
      if (!earlier) break;
      linked.from_earlier.push_back(std::make_shared<const PictureStep>(earlier->picture, linked.picture));
    }
    if (const LinkedPicture* const last = before.at(-1))
      linked.change = picture_change(last->picture->searched(), linked.picture->searched());
    return linked;
  }

  const Frame* picture_of(const FrameJob& job) const {
    if (which_ == NeighboursOf::kFrame) return &*job.frame;
    const EnlargedPicture* const enlarged = job.work.get<EnlargedPicture>();
    return enlarged ? &*enlarged->frame : nullptr;
  }

  bool starts_shot(const FrameJob& job) const override { return reelface::starts_shot(job); }

  void complete(FrameJob& job, const Window& window) override {
    const LinkedPicture& middle = *window.at(0);
    const DistinctNeighbours distinct = distinct_around(window);
    auto& work = job.work.make<PictureNeighbours>();
    work.damage = middle.damage;
    PictureWindow& gathered = work.window;
    gathered.pictures.assign(2 * side_ + 1, middle.picture);
    gathered.steps.assign(2 * side_ + 1, nullptr);
    for (std::size_t place = 0; place < side_; ++place) {
      const SharedPictureStep earlier =
          place < distinct.before.size() ? step_between(middle, -distinct.before[place]) : nullptr;
      put(gathered, side_ - place - 1, side_ - place, earlier, true);
      const LinkedPicture* const later = place < distinct.behind.size() ? window.at(distinct.behind[place]) : nullptr;
      put(gathered, side_ + place + 1, side_ + place, later ? step_between(*later, distinct.behind[place]) : nullptr,
          false);
      if (later) work.damage = later->damage;
    }
    if (gives_noise_) work.noise = noise_up_to(middle.shot, gathered);
  }

  DistinctNeighbours distinct_around(const Window& window) const {
    const auto reach = static_cast<std::ptrdiff_t>(reach_of(side_));
    std::vector<std::optional<double>> changes;
    for (std::ptrdiff_t offset = -reach; offset <= reach; ++offset) {
      const LinkedPicture* const picture = window.at(offset);
      changes.push_back(picture ? picture->change : std::nullopt);
    }
    return distinct_neighbours(changes, side_);
  }

  std::vector<SharedNoise> noise_up_to(std::size_t shot, const PictureWindow& window) {
    if (shot != shot_of_noise_) noise_.clear();
    shot_of_noise_ = shot;
    noise_.push_back(std::make_shared<const WindowNoise>(window));
    if (noise_.size() > kFramesOfNoise) noise_.pop_front();
    return {noise_.begin(), noise_.end()};
  }

  static SharedPictureStep step_between(const LinkedPicture& later, std::ptrdiff_t distance) {
    const auto place = static_cast<std::size_t>(distance - 1);
    return place < later.from_earlier.size() ? later.from_earlier[place] : nullptr;
  }

  /// The picture at the far end of a step, or where there is none, once more the one beside it.
  static void put(PictureWindow& window, std::size_t place, std::size_t beside, const SharedPictureStep& step,
                  bool is_earlier) {
    window.pictures[place] = !step ? window.pictures[beside] : is_earlier ? step->earlier() : step->later();
    window.steps[place] = step ? step : window.steps[beside];
  }

  std::size_t side_;  ///< pictures to either side
  NeighboursOf which_;
  bool gives_noise_;
  std::size_t shot_ = 0;
  MeanDamage damage_;
  std::size_t shot_of_noise_ = 0;
  std::deque<SharedNoise> noise_;
};

}  // namespace

LookAhead make_neighbours_stage(const NeighboursOptions& options, std::size_t frames_per_group) {
  const auto side = static_cast<std::size_t>(options.window_length / 2);
  const std::size_t reach = reach_of(side);
  const bool is_frame = options.which == NeighboursOf::kFrame;
  StepNeeds needs;
  needs.reason = is_frame ? "gives each frame its neighbours in time" : "gives each enlarged picture its neighbours";
  needs.back = {0, static_cast<std::int64_t>(is_frame ? kFramesOfDamage : reach)};
  needs.ahead = {0, static_cast<std::int64_t>(reach)};
  needs.stops_at_cut = true;
  needs.groups_held = groups_held_by_window(reach, frames_per_group);
  return {options.name, std::make_shared<GatheringPictures>(side, options.which, options.noise), std::move(needs)};
}

}  // namespace reelface
