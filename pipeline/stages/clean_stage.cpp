#include "pipeline/stages/clean_stage.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/finite.h"
#include "image/picture_difference.h"
#include "motion/moving_picture.h"
#include "pipeline/graph/frame_windows.h"
#include "pipeline/stages/cuts_stage.h"
#include "pipeline/stages/network_memory.h"

namespace reelface {
namespace {

// In levels. What a good camera leaves is no damage, and cleaning it would cost more detail than noise.
constexpr double kCleanFromNoise = 2, kCleanFullyAtNoise = 4;
constexpr double kTooLittle = 0.01;  // of the whole difference; less cannot be seen

struct CleanWork {
  PictureWindow window;
};

/// A picture with the steps from those before it, the nearest first.
struct LinkedPicture {
  SharedPicture picture;
  std::vector<SharedPictureStep> from_earlier;
};

class GatheringPictures : public FrameWindows<LinkedPicture> {
 public:
  explicit GatheringPictures(std::size_t reach) : FrameWindows({reach, reach}), reach_(reach) {}

 private:
  using Window = FrameWindow<LinkedPicture>;

  std::optional<LinkedPicture> keep(FrameJob& job, const Window& before) override {
    const FrameFacts& facts = job.frame->facts();
    if (!facts.layout.editable || facts.interlaced || facts.damaged) return std::nullopt;
    LinkedPicture linked{std::make_shared<const MovingPicture>(job.frame->share()), {}};
    for (std::ptrdiff_t distance = 1; distance <= static_cast<std::ptrdiff_t>(reach_); ++distance) {
      const LinkedPicture* const earlier = before.at(-distance);
      if (!earlier) break;
      linked.from_earlier.push_back(std::make_shared<const PictureStep>(earlier->picture, linked.picture));
    }
    return linked;
  }

  bool starts_shot(const FrameJob& job) const override { return reelface::starts_shot(job); }

  void complete(FrameJob& job, const Window& window) override {
    const LinkedPicture& middle = *window.at(0);
    PictureWindow& gathered = job.work.make<CleanWork>().window;
    gathered.pictures.assign(2 * reach_ + 1, middle.picture);
    gathered.steps.assign(2 * reach_ + 1, nullptr);
    for (std::size_t distance = 1; distance <= reach_; ++distance) {
      const auto offset = static_cast<std::ptrdiff_t>(distance);
      put(gathered, reach_ - distance, reach_ - distance + 1, step_between(middle, distance), true);
      const LinkedPicture* const later = window.at(offset);
      put(gathered, reach_ + distance, reach_ + distance - 1, later ? step_between(*later, distance) : nullptr, false);
    }
  }

  static SharedPictureStep step_between(const LinkedPicture& later, std::size_t distance) {
    return distance <= later.from_earlier.size() ? later.from_earlier[distance - 1] : nullptr;
  }

  /// The picture at the far end of a step, or where there is none, once more the one beside it.
  static void put(PictureWindow& window, std::size_t place, std::size_t beside, const SharedPictureStep& step,
                  bool is_earlier) {
    window.pictures[place] = !step ? window.pictures[beside] : is_earlier ? step->earlier() : step->later();
    window.steps[place] = step ? step : window.steps[beside];
  }

  std::size_t reach_;
};

double mean_noise(const PictureWindow& window) {
  double sum = 0;
  for (const SharedPicture& picture : window.pictures) sum += picture->noise_levels();
  return sum / static_cast<double>(window.pictures.size());
}

class CleaningPictures {
 public:
  CleaningPictures(std::shared_ptr<const PictureRestorer> cleaner, const Cleaning& cleaning)
      : cleaner_(std::move(cleaner)), cleaning_(cleaning) {}

  void operator()(FrameGroup& group) const {
    for (FrameJob& job : group.jobs) {
      const CleanWork* const work = job.work.get<CleanWork>();
      if (job.frame && work) clean(*job.frame, work->window);
      job.work.drop<CleanWork>();  // pictures are large: none stays longer than it has to
    }
  }

 private:
  double share_for(const PictureWindow& window) const {
    if (!cleaning_.is_automatic) return cleaning_.percent / 100;
    return std::clamp((mean_noise(window) - kCleanFromNoise) / (kCleanFullyAtNoise - kCleanFromNoise), 0.0, 1.0);
  }

  void clean(Frame& frame, const PictureWindow& window) const {
    const double share = share_for(window);
    if (share < kTooLittle) return;
    const std::vector<std::unique_ptr<RgbImageF>> moved = moved_onto_middle(window);
    CropWindow pictures;
    for (std::size_t index = 0; index < moved.size(); ++index)
      pictures.push_back(moved[index] ? moved[index]->view() : window.pictures[index]->picture().view());
    const RgbImageF cleaned = cleaner_->restore(pictures);
    if (!all_finite(cleaned.samples)) return;
    add_difference(frame, window.middle()->picture().view(), cleaned.view(), static_cast<float>(share));
  }

  std::shared_ptr<const PictureRestorer> cleaner_;
  Cleaning cleaning_;
};

}  // namespace

LookAhead make_neighbours_stage(int window_length, std::size_t frames_per_group) {
  const auto reach = static_cast<std::size_t>(window_length / 2);
  StepNeeds needs;
  needs.reason = "gives each frame its neighbours in time";
  // A frame's own share of cleaning follows from the neighbours' noise: no farther than the network looks.
  needs.back = {0, static_cast<std::int64_t>(reach)};
  needs.ahead = {0, static_cast<std::int64_t>(reach)};
  needs.stops_at_cut = true;
  needs.groups_held = groups_held_by_window(reach, frames_per_group);
  return {"neighbours", std::make_shared<GatheringPictures>(reach), std::move(needs)};
}

Stage make_clean_stage(std::shared_ptr<const PictureRestorer> cleaner, const Cleaning& cleaning) {
  StepNeeds needs;
  needs.reason = cleaning.is_automatic ? "takes grain and noise out, as much as there is" : "takes grain and noise out";
  needs.restores = true;
  needs.memory.loaded = {memory_of_cleaner()};
  needs.memory.bytes_per_frame = bytes_of_cleaning;
  const auto work = std::make_shared<const CleaningPictures>(std::move(cleaner), cleaning);
  return {"clean", Concurrency::kParallel, [work](FrameGroup& group) { (*work)(group); }, 0, std::move(needs)};
}

}  // namespace reelface
