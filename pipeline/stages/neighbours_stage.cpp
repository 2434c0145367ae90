// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/neighbours_stage.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "image/frame_part.h"
#include "motion/distinct_pictures.h"
#include "pipeline/graph/frame_windows.h"
#include "pipeline/stages/cuts_stage.h"
#include "pipeline/stages/enlarged_picture.h"
#include "pipeline/stages/layout_stage.h"
#include "pipeline/stages/repair_stage.h"

namespace reelface {
namespace {

constexpr std::size_t kFramesOfDamage = 24;
constexpr std::size_t kFramesOfNoise = 20;  // those need their own neighbours, too

std::size_t side_of(const NeighboursOptions& options) {
  return static_cast<std::size_t>(options.window_length / 2);
}

/// Every second picture may be a repeat of the one before.
constexpr std::size_t reach_of(std::size_t side) {
  return 2 * side;
}

/// A part of a frame, with the steps from the same part of those before it, the nearest first.
struct LinkedPart {
  PictureArea area;
  SharedPicture picture;
  std::vector<SharedPictureStep> from_earlier;
  std::optional<double> change;  ///< from the one before
};

struct LinkedFrame {
  std::vector<LinkedPart> parts;
  double damage = 0;  ///< on average up to here
  std::size_t shot = 0;

  /// Null: the frame is not made up like that.
  const LinkedPart* part(const PictureArea& area) const {
    const auto found =
        std::find_if(parts.begin(), parts.end(), [&area](const LinkedPart& part) { return part.area == area; });
    return found == parts.end() ? nullptr : &*found;
  }
};

/// One part of the frames of a window: where a frame is made up otherwise, it ends.
class PartWindow {
 public:
  PartWindow(const FrameWindow<LinkedFrame>& frames, const PictureArea& area) : frames_(frames), area_(area) {}

  const LinkedPart* at(std::ptrdiff_t offset) const {
    const LinkedFrame* const frame = frames_.at(offset);
    return frame ? frame->part(area_) : nullptr;
  }

 private:
  const FrameWindow<LinkedFrame>& frames_;
  PictureArea area_;
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

/// The noise of a part in the last frames of a shot that had this part.
class NoiseHistory {
 public:
  /// To be called for each frame, before its parts.
  void begin_frame(std::size_t shot) {
    if (shot != shot_) parts_.clear();
    shot_ = shot;
    const auto is_gone = [](const Part& part) { return !part.is_here; };
    parts_.erase(std::remove_if(parts_.begin(), parts_.end(), is_gone), parts_.end());
    for (Part& part : parts_) part.is_here = false;
  }

  std::vector<SharedNoise> with(const PictureArea& area, const PictureWindow& window) {
    auto part = std::find_if(parts_.begin(), parts_.end(), [&area](const Part& known) { return known.area == area; });
    if (part == parts_.end()) part = parts_.insert(parts_.end(), Part{area, {}, false});
    part->is_here = true;
    part->noise.push_back(std::make_shared<const WindowNoise>(window));
    if (part->noise.size() > kFramesOfNoise) part->noise.pop_front();
    return {part->noise.begin(), part->noise.end()};
  }

 private:
  struct Part {
    PictureArea area;
    std::deque<SharedNoise> noise;
    bool is_here = false;  ///< in the last frame
  };

  std::vector<Part> parts_;
  std::size_t shot_ = 0;
};

class GatheringPictures : public FrameWindows<LinkedFrame> {
 public:
  explicit GatheringPictures(const NeighboursOptions& options)
      : FrameWindows({reach_of(side_of(options)), reach_of(side_of(options))}),
        side_(side_of(options)),
        which_(options.which),
        gives_noise_(options.noise),
        by_tile_(options.by_tile) {}

 private:
  using Window = FrameWindow<LinkedFrame>;

  std::optional<LinkedFrame> keep(FrameJob& job, const Window& before) override {
    if (reelface::starts_shot(job)) {
      ++shot_;
      damage_.forget();
    }
    const FrameFacts& facts = job.frame->facts();
    if (!facts.layout.editable || facts.interlaced || facts.damaged) return std::nullopt;
    const Frame* const picture = picture_of(job);
    if (!picture) return std::nullopt;
    LinkedFrame linked{{}, damage_.with(job), shot_};
    for (const PictureArea& area : areas_of(job, *picture)) linked.parts.push_back(linked_part(*picture, area, before));
    return linked.parts.empty() ? std::nullopt : std::optional<LinkedFrame>(std::move(linked));
  }

  const Frame* picture_of(const FrameJob& job) const {
    if (which_ == NeighboursOf::kFrame) return &*job.frame;
    const EnlargedPicture* const enlarged = job.work.get<EnlargedPicture>();
    return enlarged ? &*enlarged->frame : nullptr;
  }

  std::vector<PictureArea> areas_of(const FrameJob& job, const Frame& picture) const {
    if (by_tile_) return pictures_in(job);
    return {{0, 0, picture.facts().width, picture.facts().height}};
  }

  LinkedPart linked_part(const Frame& frame, const PictureArea& area, const Window& before) const {
    const PartWindow earlier_parts(before, area);
    const bool is_all = area.width == frame.facts().width && area.height == frame.facts().height;
    LinkedPart part{
        area, std::make_shared<const MovingPicture>(is_all ? frame.share() : frame_part(frame, area)), {}, {}};
    for (std::ptrdiff_t distance = 1; distance <= static_cast<std::ptrdiff_t>(reach_of(side_)); ++distance) {
      const LinkedPart* const earlier = earlier_parts.at(-distance);
      if (!earlier) break;
      part.from_earlier.push_back(std::make_shared<const PictureStep>(earlier->picture, part.picture));
    }
    if (const LinkedPart* const last = earlier_parts.at(-1))
      part.change = picture_change(last->picture->searched(), part.picture->searched());
    return part;
  }

  bool starts_shot(const FrameJob& job) const override { return reelface::starts_shot(job); }

  void complete(FrameJob& job, const Window& window) override {
    const LinkedFrame& middle = *window.at(0);
    noise_.begin_frame(middle.shot);
    auto& work = job.work.make<PictureNeighbours>();
    work.damage = middle.damage;
    for (const LinkedPart& part : middle.parts) {
      const PartWindow parts(window, part.area);
      const DistinctNeighbours distinct = distinct_around(parts);
      for (const std::ptrdiff_t behind : distinct.behind) work.damage = window.at(behind)->damage;
      PictureWindow gathered = gathered_around(parts, distinct);
      std::vector<SharedNoise> noise;
      if (gives_noise_) noise = noise_.with(part.area, gathered);
      work.parts.push_back({part.area, std::move(gathered), std::move(noise)});
    }
  }

  PictureWindow gathered_around(const PartWindow& window, const DistinctNeighbours& distinct) const {
    const LinkedPart& middle = *window.at(0);
    PictureWindow gathered;
    gathered.pictures.assign(2 * side_ + 1, middle.picture);
    gathered.steps.assign(2 * side_ + 1, nullptr);
    for (std::size_t place = 0; place < side_; ++place) {
      const SharedPictureStep earlier =
          place < distinct.before.size() ? step_between(middle, -distinct.before[place]) : nullptr;
      put(gathered, side_ - place - 1, side_ - place, earlier, true);
      const LinkedPart* const later = place < distinct.behind.size() ? window.at(distinct.behind[place]) : nullptr;
      put(gathered, side_ + place + 1, side_ + place, later ? step_between(*later, distinct.behind[place]) : nullptr,
          false);
    }
    return gathered;
  }

  DistinctNeighbours distinct_around(const PartWindow& window) const {
    const auto reach = static_cast<std::ptrdiff_t>(reach_of(side_));
    std::vector<std::optional<double>> changes;
    for (std::ptrdiff_t offset = -reach; offset <= reach; ++offset) {
      const LinkedPart* const part = window.at(offset);
      changes.push_back(part ? part->change : std::nullopt);
    }
    return distinct_neighbours(changes, side_);
  }

  static SharedPictureStep step_between(const LinkedPart& later, std::ptrdiff_t distance) {
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
  bool gives_noise_, by_tile_;
  std::size_t shot_ = 0;
  MeanDamage damage_;
  NoiseHistory noise_;
};

}  // namespace

LookAhead make_neighbours_stage(const NeighboursOptions& options, std::size_t frames_per_group) {
  const std::size_t reach = reach_of(side_of(options));
  const bool is_frame = options.which == NeighboursOf::kFrame;
  StepNeeds needs;
  needs.reason = is_frame ? "gives each frame its neighbours in time" : "gives each enlarged picture its neighbours";
  needs.back = {0, static_cast<std::int64_t>(is_frame ? kFramesOfDamage : reach)};
  needs.ahead = {0, static_cast<std::int64_t>(reach)};
  needs.stops_at_cut = true;
  needs.groups_held = groups_held_by_window(reach, frames_per_group);
  return {options.name, std::make_shared<GatheringPictures>(options), std::move(needs)};
}

}  // namespace reelface
