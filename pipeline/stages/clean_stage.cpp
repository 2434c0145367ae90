// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/clean_stage.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "core/finite.h"
#include "image/frame_noise.h"
#include "image/frame_part.h"
#include "image/picture_difference.h"
#include "motion/kept_detail.h"
#include "motion/kept_share.h"
#include "motion/moving_picture.h"
#include "motion/passing_specks.h"
#include "motion/shown_pictures.h"
#include "motion/trusted_neighbours.h"
#include "pipeline/stages/neighbours_stage.h"
#include "pipeline/stages/network_memory.h"
#include "pipeline/stages/picture_fallback.h"

namespace reelface {
namespace {

// In levels. Of less the network takes away less noise than detail (films with known noise: 44 dB before and after at
// 1.7); cameras and codecs of today leave up to 0.8.
constexpr double kCleanFromNoise = 1.0, kCleanFullyAtNoise = 2.0;
constexpr double kTooLittleNoise = 0.01;  // of the whole difference; less cannot be seen

// Specks and scratches on a frame, on average: how many tell a damaged film from chance. Clean films have 0.1, old ones
// two and more.
constexpr double kDamagedFrom = 0.3, kDamagedFully = 1.5;

/// Where something lies between two values, 0..1.
double ramp(double value, double from, double to) {
  return std::clamp((value - from) / (to - from), 0.0, 1.0);
}

/// Of this frame and those before it: what is taken out must not come and go with what one frame lets measure.
GrainModel noise_of(const PartNeighbours& part, const std::vector<std::unique_ptr<RgbImageF>>& moved) {
  std::vector<GrainModel> models{part.noise.back()->model(moved)};
  for (std::size_t i = 0; i + 1 < part.noise.size(); ++i) models.push_back(part.noise[i]->model());
  return settled_noise(models);
}

/// The window's pictures in floats, the neighbours once more where they belong, the result, and what the next window
/// has of it already; and the network's.
std::int64_t bytes_at_work(const FrameFacts& facts, int threads, std::size_t large_at_once) {
  constexpr std::int64_t kPicturesOfAWindow = 14, kBytesPerPixel = 12;
  const std::int64_t windows =
      is_large_picture(facts.width, facts.height) ? static_cast<std::int64_t>(large_at_once) : threads;
  return windows * kPicturesOfAWindow * kBytesPerPixel * facts.width * facts.height +
         bytes_of_restoring(facts.width, facts.height, threads, false);
}

struct CleaningAmount {
  double share = 0;      ///< of what the network would change
  double of_specks = 0;  ///< of what it would change of faint specks
};

class CleaningPictures {
 public:
  CleaningPictures(std::shared_ptr<const PictureRestorer> cleaner, const Cleaning& cleaning, double grain_kept)
      : cleaner_(std::move(cleaner)), cleaning_(cleaning), grain_kept_(grain_kept) {}

  void operator()(FrameGroup& group) const {
    for (FrameJob& job : group.jobs) {
      const PictureNeighbours* const work = job.work.get<PictureNeighbours>();
      if (job.frame && work) {
        job.work.make<CleanWork>() = clean(job, *work);
        note_fallback(job, *cleaner_);
      }
      job.work.drop<PictureNeighbours>();  // pictures are large: none stays longer than it has to
    }
  }

 private:
  /// Each of the pictures that the frame is made of by itself.
  CleanWork clean(FrameJob& job, const PictureNeighbours& work) const {
    CleanWork done;
    for (const PartNeighbours& part : work.parts) {
      change_part(*job.frame, part.area,
                  [&](Frame& picture) { done.share = std::max(done.share, clean_part(picture, part, work.damage)); });
    }
    return done;
  }

  double clean_part(Frame& picture, const PartNeighbours& part, double damage) const {
    std::vector<std::unique_ptr<RgbImageF>> moved = moved_onto_middle(part.window);
    const GrainModel noise = noise_of(part, moved);
    CleaningAmount amount;
    amount.share = cleaning_.is_automatic ? ramp(noise_levels(noise), kCleanFromNoise, kCleanFullyAtNoise)
                                          : cleaning_.percent / 100;
    amount.of_specks = cleaning_.is_automatic ? ramp(damage, kDamagedFrom, kDamagedFully) : 0;
    if (std::max(amount.share, amount.of_specks) < kTooLittleNoise) return 0;
    return clean_picture(picture, ShownPictures(part.window, std::move(moved)), noise, amount);
  }

  /// The share of the network's difference that is taken.
  double clean_picture(Frame& frame, ShownPictures shown, const GrainModel& noise, const CleaningAmount& amount) const {
    CropWindow pictures = shown.views();
    const cv::Mat noise_share = keep_what_is_the_same(pictures, shown.moved(), noise);
    RgbImageF cleaned = cleaner_->restore(pictures);
    if (!all_finite(cleaned.samples)) return 0;
    give_detail_back(pictures, noise, noise_share, cleaned);
    const RgbViewF before = pictures[pictures.size() / 2];
    if (amount.of_specks > amount.share) {
      // In a damaged film with little noise: what is clean already keeps its texture.
      keep_share(cv::max(cv::Mat(passing_specks(pictures, noise_levels(noise)) * amount.of_specks), amount.share),
                 before, cleaned);
      add_difference(frame, before, cleaned.view(), 1);
    } else {
      add_difference(frame, before, cleaned.view(), static_cast<float>(amount.share));
    }
    give_grain_back(frame, noise, before, amount.share);
    return amount.share;
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

Stage make_clean_stage(std::shared_ptr<const PictureRestorer> cleaner, const FilmSteps& film, const VideoInfo& video) {
  const Cleaning& cleaning = film.clean;
  StepNeeds needs;
  needs.reason = cleaning.is_automatic ? "takes grain and noise out, as much as there is, and what is left of damage"
                                       : "takes grain and noise out";
  if (film.grain != FilmGrain::kNone) needs.reason += "; gives grain back";
  needs.restores = true;
  needs.memory.loaded = {memory_of_cleaner()};
  // On a CPU large pictures have all cores one after the other: several at once would hold a gigabyte and be no faster.
  const std::size_t large_at_once = cleaner ? cleaner->large_at_once() : 1;
  needs.memory.bytes_at_work = [large_at_once](const FrameFacts& facts, int threads) {
    return bytes_at_work(facts, threads, large_at_once);
  };
  const auto work = std::make_shared<const CleaningPictures>(std::move(cleaner), cleaning, kept(film.grain));
  const std::size_t most_at_once = is_large_picture(video.width, video.height) ? large_at_once : 0;
  return {"clean", Concurrency::kParallel, [work](FrameGroup& group) { (*work)(group); }, most_at_once,
          std::move(needs)};
}

}  // namespace reelface
