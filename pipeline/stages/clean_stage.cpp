#include "pipeline/stages/clean_stage.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "core/finite.h"
#include "image/frame_noise.h"
#include "image/picture_difference.h"
#include "motion/kept_detail.h"
#include "motion/kept_share.h"
#include "motion/moving_picture.h"
#include "motion/passing_specks.h"
#include "motion/trusted_neighbours.h"
#include "pipeline/graph/frame_windows.h"
#include "pipeline/stages/cuts_stage.h"
#include "pipeline/stages/network_memory.h"
#include "pipeline/stages/repair_stage.h"

namespace reelface {
namespace {

// In levels. Of less the network takes away less noise than detail (films with known noise: 44 dB before and after at
// 1.7); cameras and codecs of today leave up to 0.8.
constexpr double kCleanFromNoise = 1.0, kCleanFullyAtNoise = 2.0;
constexpr double kTooLittle = 0.01;  // of the whole difference; less cannot be seen

// Specks and scratches on a frame, on average: how many tell a damaged film from chance. Clean films have 0.1, old ones
// two and more.
constexpr double kDamagedFrom = 0.3, kDamagedFully = 1.5;
constexpr std::size_t kFramesOfDamage = 24;

/// Where something lies between two values, 0..1.
double ramp(double value, double from, double to) {
  return std::clamp((value - from) / (to - from), 0.0, 1.0);
}

struct CleanWork {
  PictureWindow window;
  double damage = 0;  ///< defects on a frame that the step of repairs has found, on average
};

/// A picture with the steps from those before it, the nearest first.
struct LinkedPicture {
  SharedPicture picture;
  std::vector<SharedPictureStep> from_earlier;
  double damage = 0;  ///< on average up to here
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
  explicit GatheringPictures(std::size_t reach) : FrameWindows({reach, reach}), reach_(reach) {}

 private:
  using Window = FrameWindow<LinkedPicture>;

  std::optional<LinkedPicture> keep(FrameJob& job, const Window& before) override {
    const FrameFacts& facts = job.frame->facts();
    if (!facts.layout.editable || facts.interlaced || facts.damaged) return std::nullopt;
    if (reelface::starts_shot(job)) damage_.forget();
    LinkedPicture linked{std::make_shared<const MovingPicture>(job.frame->share()), {}, damage_.with(job)};
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
    auto& work = job.work.make<CleanWork>();
    work.damage = middle.damage;
    PictureWindow& gathered = work.window;
    gathered.pictures.assign(2 * reach_ + 1, middle.picture);
    gathered.steps.assign(2 * reach_ + 1, nullptr);
    for (std::size_t distance = 1; distance <= reach_; ++distance) {
      const auto offset = static_cast<std::ptrdiff_t>(distance);
      put(gathered, reach_ - distance, reach_ - distance + 1, step_between(middle, distance), true);
      const LinkedPicture* const later = window.at(offset);
      put(gathered, reach_ + distance, reach_ + distance - 1, later ? step_between(*later, distance) : nullptr, false);
      if (later) work.damage = later->damage;
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
  MeanDamage damage_;
};

/// What the frames have in their calm places, as far as it changes from one to the next.
GrainModel noise_of(const PictureWindow& window, const CropWindow& pictures) {
  const std::size_t middle = pictures.size() / 2;
  const RgbViewF& here = pictures[middle];
  std::vector<PicturePair> pairs;
  for (const std::size_t index : {middle - 1, middle + 1}) {
    if (!window.steps[index]) continue;
    pairs.push_back({here, pictures[index]});
    pairs.push_back({here, window.pictures[index]->picture().view()});
  }
  if (pairs.size() == 4) pairs.push_back({pictures[middle - 1], pictures[middle + 1]});
  GrainModel noise = changing_noise(pairs);
  if (noise.is_empty()) return window.middle()->grain();
  noise.correlation = window.middle()->grain().correlation;
  return noise;
}

/// The window's pictures in floats, the neighbours once more where they belong, the result, and what the next window
/// has of it already; and the network's. Of large pictures one window at a time.
std::int64_t bytes_at_work(const FrameFacts& facts, int threads) {
  constexpr std::int64_t kPicturesOfAWindow = 14, kBytesPerPixel = 12;
  const std::int64_t windows = is_large_picture(facts.width, facts.height) ? 1 : threads;
  return windows * kPicturesOfAWindow * kBytesPerPixel * facts.width * facts.height +
         bytes_of_restoring(facts.width, facts.height, threads);
}

class CleaningPictures {
 public:
  CleaningPictures(std::shared_ptr<const PictureRestorer> cleaner, const Cleaning& cleaning, double grain_kept)
      : cleaner_(std::move(cleaner)), cleaning_(cleaning), grain_kept_(grain_kept) {}

  void operator()(FrameGroup& group) const {
    for (FrameJob& job : group.jobs) {
      const CleanWork* const work = job.work.get<CleanWork>();
      if (job.frame && work) clean(*job.frame, *work);
      job.work.drop<CleanWork>();  // pictures are large: none stays longer than it has to
    }
  }

 private:
  void clean(Frame& frame, const CleanWork& work) const {
    const PictureWindow& window = work.window;
    std::vector<std::unique_ptr<RgbImageF>> moved = moved_onto_middle(window);
    CropWindow pictures;
    for (std::size_t index = 0; index < moved.size(); ++index)
      pictures.push_back(moved[index] ? moved[index]->view() : window.pictures[index]->picture().view());
    const GrainModel noise = noise_of(window, pictures);
    const double share = cleaning_.is_automatic ? ramp(noise_levels(noise), kCleanFromNoise, kCleanFullyAtNoise)
                                                : cleaning_.percent / 100;
    const double of_specks = cleaning_.is_automatic ? ramp(work.damage, kDamagedFrom, kDamagedFully) : 0;
    if (std::max(share, of_specks) < kTooLittle) return;
    const cv::Mat noise_share = keep_what_is_the_same(pictures, moved, noise);
    RgbImageF cleaned = cleaner_->restore(pictures);
    if (!all_finite(cleaned.samples)) return;
    give_detail_back(pictures, noise, noise_share, cleaned);
    const RgbViewF before = window.middle()->picture().view();
    if (of_specks > share) {
      // In a damaged film with little noise: what is clean already keeps its texture.
      keep_share(cv::max(cv::Mat(passing_specks(pictures, noise_levels(noise)) * of_specks), share), before, cleaned);
      add_difference(frame, before, cleaned.view(), 1);
    } else {
      add_difference(frame, before, cleaned.view(), static_cast<float>(share));
    }
    give_grain_back(frame, noise, window.middle()->picture().view(), share);
  }

  /// What the film had of its own, less what the cleaning has left of it. Its seed is what the frame shows: grain moves
  /// like the film's, and stands still where a frame is shown twice.
  void give_grain_back(Frame& frame, GrainModel grain, RgbViewF before, double share) const {
    const double left = 1 - share;
    if (grain_kept_ <= left) return;
    const double missing = std::sqrt(grain_kept_ * grain_kept_ - left * left);
    for (float& sigma : grain.sigma) sigma *= static_cast<float>(missing);
    add_frame_grain(frame, grain, content_seed(before));
  }

  std::shared_ptr<const PictureRestorer> cleaner_;
  Cleaning cleaning_;
  double grain_kept_;  ///< of the film's own, 0..1
};

double kept(FilmGrain grain) {
  constexpr double kLess = 0.4;
  return grain == FilmGrain::kKeep ? 1 : grain == FilmGrain::kLess ? kLess : 0;
}

}  // namespace

LookAhead make_neighbours_stage(int window_length, std::size_t frames_per_group) {
  const auto reach = static_cast<std::size_t>(window_length / 2);
  StepNeeds needs;
  needs.reason = "gives each frame its neighbours in time";
  needs.back = {0, static_cast<std::int64_t>(kFramesOfDamage)};
  needs.ahead = {0, static_cast<std::int64_t>(reach)};
  needs.stops_at_cut = true;
  needs.groups_held = groups_held_by_window(reach, frames_per_group);
  return {"neighbours", std::make_shared<GatheringPictures>(reach), std::move(needs)};
}

Stage make_clean_stage(std::shared_ptr<const PictureRestorer> cleaner, const FilmSteps& film, const VideoInfo& video) {
  const Cleaning& cleaning = film.clean;
  StepNeeds needs;
  needs.reason = cleaning.is_automatic ? "takes grain and noise out, as much as there is, and what is left of damage"
                                       : "takes grain and noise out";
  if (film.grain != FilmGrain::kNone) needs.reason += "; gives grain back";
  needs.restores = true;
  needs.memory.loaded = {memory_of_cleaner()};
  needs.memory.bytes_at_work = bytes_at_work;
  const auto work = std::make_shared<const CleaningPictures>(std::move(cleaner), cleaning, kept(film.grain));
  // Large pictures have all cores one after the other: several at once would hold a gigabyte and be no faster.
  const std::size_t most_at_once = is_large_picture(video.width, video.height) ? 1 : 0;
  return {"clean", Concurrency::kParallel, [work](FrameGroup& group) { (*work)(group); }, most_at_once,
          std::move(needs)};
}

}  // namespace reelface
