// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/damage_look.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "film/defects.h"
#include "film/film_picture.h"
#include "image/frame_noise.h"
#include "image/frame_part.h"

namespace reelface {
namespace {

constexpr int kPartWidth = 480, kPartHeight = 360;  // enough to tell by, and little enough to cost nothing

using Three = std::array<DamagePart, kFramesOfADamageLook>;

PictureWindow window_of(const Three& three) {
  const auto step = [&](std::size_t earlier) {
    return std::make_shared<const PictureStep>(three[earlier].picture, three[earlier + 1].picture);
  };
  return {{three[0].picture, three[1].picture, three[2].picture}, {step(0), nullptr, step(1)}};
}

double noise_in(const Three& three) {
  const PictureWindow window = window_of(three);
  const std::vector<std::unique_ptr<RgbImageF>> moved = moved_onto_middle(window);
  const RgbViewF here = three[1].picture->picture().view();
  std::vector<ComparedFrames> compared;
  for (const std::size_t index : {0, 2}) {
    ComparedFrames& frames = compared.emplace_back();
    frames.push_back({here, three[index].picture->picture().view()});
    if (moved[index]) frames.push_back({here, moved[index]->view()});
  }
  return noise_levels(changing_noise(compared));
}

std::optional<double> specks_on(const Three& three) {
  std::array<cv::Mat, kFramesOfADamageLook> greys, searched;
  for (std::size_t index = 0; index < three.size(); ++index) {
    greys[index] = grey_picture(three[index].picture->frame());
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

double area_of(const FrameFacts& facts) {
  return static_cast<double>(facts.width) * facts.height;
}

}  // namespace

std::optional<DamagePart> part_for_damage(const Frame& frame) {
  const FrameFacts& facts = frame.facts();
  if (!facts.layout.editable || facts.interlaced || facts.damaged) return std::nullopt;
  auto picture = std::make_shared<const MovingPicture>(middle_part(frame, kPartWidth, kPartHeight));
  const double parts = area_of(facts) / area_of(picture->frame().facts());
  return DamagePart{std::move(picture), parts};
}

std::optional<DamageLook> look_for_damage(const Three& frames) {
  const std::optional<double> specks = specks_on(frames);
  if (!specks) return std::nullopt;
  return DamageLook{noise_in(frames), *specks * frames[1].parts_of_frame};
}

std::int64_t bytes_of_damage_look(const FrameFacts& facts) {
  // Three pictures in floats, moved, and what motion and dirt are found by.
  constexpr std::int64_t kBytesPerPixel = 180;
  return kBytesPerPixel * std::min(facts.width, kPartWidth) * std::min(facts.height, kPartHeight);
}

}  // namespace reelface
