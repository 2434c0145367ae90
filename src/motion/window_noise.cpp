// SPDX-License-Identifier: Apache-2.0
#include "motion/window_noise.h"

#include <utility>

#include "image/frame_noise.h"

namespace reelface {
namespace {

/// The picture against the one before and the one behind it, and those two against each other.
std::vector<ComparedFrames> compared(const PictureWindow& window,
                                     const std::vector<std::unique_ptr<RgbImageF>>& moved) {
  const std::size_t middle = window.pictures.size() / 2;
  const RgbViewF here = window.middle()->picture().view();
  const auto moved_view = [&](std::size_t index) {
    return moved[index] ? moved[index]->view() : window.pictures[index]->picture().view();
  };
  std::vector<ComparedFrames> result;
  for (const std::size_t index : {middle - 1, middle + 1}) {
    if (!window.steps[index]) continue;
    ComparedFrames& frames = result.emplace_back();
    frames.push_back({here, window.pictures[index]->picture().view()});
    if (moved[index]) frames.push_back({here, moved[index]->view()});
  }
  if (result.size() == 2) result.push_back({{moved_view(middle - 1), moved_view(middle + 1)}});
  return result;
}

}  // namespace

const GrainModel& WindowNoise::model() const {
  constexpr std::size_t kCompared = 1;  // no farther neighbours are, and moving pictures costs more than comparing them
  std::call_once(once_, [this] { measure(moved_onto_middle(window_, kCompared)); });
  return model_;
}

const GrainModel& WindowNoise::model(const std::vector<std::unique_ptr<RgbImageF>>& moved) const {
  std::call_once(once_, [this, &moved] { measure(moved); });
  return model_;
}

void WindowNoise::measure(const std::vector<std::unique_ptr<RgbImageF>>& moved) const {
  const GrainModel& alone = window_.middle()->grain();
  model_ = changing_noise(compared(window_, moved));
  if (model_.is_empty()) model_ = alone;
  model_.correlation = alone.correlation;
  window_ = {};
}

}  // namespace reelface
