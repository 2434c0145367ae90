// SPDX-License-Identifier: Apache-2.0
#include "motion/shown_pictures.h"

#include <cstddef>
#include <utility>

namespace reelface {
ShownPictures::ShownPictures(const PictureWindow& window, std::vector<std::unique_ptr<RgbImageF>> moved)
    : moved_(std::move(moved)) {
  as_they_are_.reserve(window.pictures.size());
  for (const SharedPicture& picture : window.pictures) as_they_are_.push_back(picture->picture().view());
}

std::vector<RgbViewF> ShownPictures::views() const {
  std::vector<RgbViewF> views;
  views.reserve(as_they_are_.size());
  for (std::size_t number = 0; number < as_they_are_.size(); ++number)
    views.push_back(moved_[number] ? moved_[number]->view() : as_they_are_[number]);
  return views;
}

}  // namespace reelface
