// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/damage_notice_stage.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/spelled_number.h"
#include "film/defects.h"
#include "film/film_picture.h"
#include "image/frame_noise.h"
#include "image/frame_part.h"
#include "motion/moving_picture.h"

namespace reelface {
namespace {

constexpr std::int64_t kFirstLook = 3, kFramesBetweenLooks = 50;
constexpr std::int64_t kFramesOfALook = 3;
constexpr std::int64_t kEnough = 6;                 // looks
constexpr int kPartWidth = 480, kPartHeight = 360;  // enough to tell by, and little enough to cost nothing

// Clean films have up to 0.1 specks on a frame, old ones two and more; what is less noisy than this is as cameras and
// codecs leave it.
constexpr double kSpecksOfOldFilm = 0.5, kGrainOfOldFilm = 1.2, kMuchNoise = 2.5;

/// What one look shows; nothing where the frames do not belong together.
struct Look {
  double noise = 0;
  double specks = 0;
};

using Three = std::array<SharedPicture, kFramesOfALook>;

PictureWindow window_of(const Three& three) {
  const auto step = [&](int earlier) {
    return std::make_shared<const PictureStep>(three[earlier], three[earlier + 1]);
  };
  return {{three.begin(), three.end()}, {step(0), nullptr, step(1)}};
}

double noise_in(const Three& three) {
  const PictureWindow window = window_of(three);
  const std::vector<std::unique_ptr<RgbImageF>> moved = moved_onto_middle(window);
  const RgbViewF here = three[1]->picture().view();
  std::vector<ComparedFrames> compared;
  for (const int index : {0, 2}) {
    ComparedFrames& frames = compared.emplace_back();
    frames.push_back({here, three[index]->picture().view()});
    if (moved[index]) frames.push_back({here, moved[index]->view()});
  }
  return noise_levels(changing_noise(compared));
}

std::optional<double> specks_on(const Three& three) {
  std::array<cv::Mat, kFramesOfALook> greys, searched;
  for (std::size_t index = 0; index < three.size(); ++index) {
    greys[index] = grey_picture(three[index]->frame());
    searched[index] = film_motion_picture(greys[index]);
  }
  const FilmMotion before = find_film_motion(searched[0], searched[1]),
                   behind = find_film_motion(searched[1], searched[2]);
  if (!before.is_known || !behind.is_known) return std::nullopt;
  Reference earlier, later;
  earlier.offset = -1;
  earlier.grey = greys[0];
  earlier.motion = before.motion.to_earlier;
  later.offset = 1;
  later.grey = greys[2];
  later.motion = behind.motion.to_later;
  MatchedFrames frames = match_frames(greys[1], {std::move(earlier), std::move(later)});
  double count = 0;
  for (const Defect& defect : find_defects(frames, {}).defects) {
    if (defect.evidence > 0) ++count;
  }
  return count;
}

std::optional<Look> look_at(const Three& three) {
  const std::optional<double> specks = specks_on(three);
  if (!specks) return std::nullopt;
  return Look{noise_in(three), *specks};
}

class Noticing {
 public:
  explicit Noticing(std::function<void(const DamageSeen&)> tell) : tell_(std::move(tell)) {}

  void operator()(FrameGroup& group) {
    for (const FrameJob& job : group.jobs) {
      if (job.frame && !has_told_) take(job);
    }
    if (!has_told_ && (seen_.looks >= kEnough || (group.is_last && seen_.looks > 0))) tell();
  }

 private:
  void take(const FrameJob& job) {
    const std::int64_t place = taken_++ - kFirstLook;  // frames that are repeated count once
    if (place < 0 || place % kFramesBetweenLooks >= kFramesOfALook) return;
    const FrameFacts& facts = job.frame->facts();
    if (!facts.layout.editable || facts.interlaced || facts.damaged) return three_.clear();
    three_.push_back(std::make_shared<const MovingPicture>(middle_part(*job.frame, kPartWidth, kPartHeight)));
    parts_of_frame_ =
        static_cast<double>(facts.width) * facts.height /
        (static_cast<double>(three_.back()->frame().facts().width) * three_.back()->frame().facts().height);
    if (place % kFramesBetweenLooks < kFramesOfALook - 1) return;
    if (three_.size() == kFramesOfALook) add(look_at({three_[0], three_[1], three_[2]}));
    three_.clear();
  }

  void add(const std::optional<Look>& look) {
    if (!look) return;
    const auto before = static_cast<double>(seen_.looks++);
    seen_.noise = (seen_.noise * before + look->noise) / (before + 1);
    seen_.specks = (seen_.specks * before + look->specks * parts_of_frame_) / (before + 1);
  }

  void tell() {
    has_told_ = true;
    tell_(seen_);
  }

  std::function<void(const DamageSeen&)> tell_;
  std::int64_t taken_ = 0;
  std::vector<SharedPicture> three_;
  double parts_of_frame_ = 1;  ///< how many of the part that is looked at would cover the frame
  DamageSeen seen_;
  bool has_told_ = false;
};

}  // namespace

std::string advice_on(const DamageSeen& seen) {
  if (seen.looks == 0) return {};
  const std::string grain = spelled(seen.noise, 2) + " levels of ";
  if (seen.specks >= kSpecksOfOldFilm && seen.noise >= kGrainOfOldFilm)
    return "this looks like an old film (" + grain + "grain, " + spelled(seen.specks, 2) +
           " specks on a frame): --for film would restore the whole picture";
  if (seen.noise >= kMuchNoise)
    return "this film is noisy (" + grain + "noise): --clean auto would take that out of the whole picture";
  return {};
}

Stage make_damage_notice_stage(std::function<void(const DamageSeen&)> tell) {
  StepNeeds needs;
  needs.reason = "looks whether there is more to mend";
  needs.memory.bytes_at_work = [](const FrameFacts& facts, int) {
    // Three pictures in floats, moved, and what motion and dirt are found by.
    constexpr std::int64_t kBytesPerPixel = 180;
    return kBytesPerPixel * std::min(facts.width, kPartWidth) * std::min(facts.height, kPartHeight);
  };
  return {"notice", Concurrency::kSerial,
          [noticing = std::make_shared<Noticing>(std::move(tell))](FrameGroup& group) { (*noticing)(group); }, 0,
          std::move(needs)};
}

}  // namespace reelface
