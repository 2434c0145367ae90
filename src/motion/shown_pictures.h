// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "motion/moving_picture.h"
#include "reelface/core/rgb_image.h"

namespace reelface {

/// The pictures of a window as a network is shown them: neighbours where they lie on the middle one.
class ShownPictures {
 public:
  /// `moved`: what moved_onto_middle() has made of the window, which must outlive this.
  ShownPictures(const PictureWindow& window, std::vector<std::unique_ptr<RgbImageF>> moved);

  std::vector<RgbViewF> views() const;

  /// None for pictures that are shown as they are. Whoever changes these changes what the views show.
  std::vector<std::unique_ptr<RgbImageF>>& moved() { return moved_; }

 private:
  std::vector<RgbViewF> as_they_are_;
  std::vector<std::unique_ptr<RgbImageF>> moved_;
};

}  // namespace reelface
