// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "image/grain.h"
#include "motion/moving_picture.h"

namespace reelface {

/// The noise of a picture, from how it differs from its neighbours. Measured once, by whoever asks first; then the
/// pictures are let go and only the answer is kept. Thread-safe.
class WindowNoise {
 public:
  explicit WindowNoise(PictureWindow window) : window_(std::move(window)) {}

  const GrainModel& model() const;
  /// For those who have moved_onto_middle() of the same window already.
  const GrainModel& model(const std::vector<std::unique_ptr<RgbImageF>>& moved) const;

 private:
  void measure(const std::vector<std::unique_ptr<RgbImageF>>& moved) const;

  mutable std::once_flag once_;
  mutable PictureWindow window_;
  mutable GrainModel model_;
};

using SharedNoise = std::shared_ptr<const WindowNoise>;

}  // namespace reelface
