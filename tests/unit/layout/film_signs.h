// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <opencv2/core.hpp>
#include <vector>

#include "layout/block_history.h"

namespace reelface::testing {

inline constexpr double kFramesPerSecond = 15;

/// What is remembered of a film's frames, and the window around one of them.
class FilmSigns {
 public:
  FilmSigns(const std::function<cv::Mat(int)>& frame, int frames, int middle) {
    signs_.reserve(static_cast<std::size_t>(frames));
    cv::Mat before;
    for (int number = 0; number < frames; ++number) {
      const cv::Mat now = frame(number);
      signs_.push_back({number / kFramesPerSecond, number / kFramesPerSecond, block_signs(now), {}, nullptr});
      if (number > 0) signs_.back().changed = changed_blocks(before, now);
      if (number % 3 == 0) signs_.back().edges = std::make_shared<StillEdges>(now);
      before = now;
    }
    for (const LayoutSigns& sign : signs_) window_.frames.push_back(&sign);
    window_.middle = static_cast<std::size_t>(middle);
  }
  FilmSigns(const FilmSigns&) = delete;
  FilmSigns& operator=(const FilmSigns&) = delete;

  const LayoutWindow& window() const { return window_; }
  const BlockSigns& middle() const { return signs_[window_.middle].blocks; }

 private:
  std::vector<LayoutSigns> signs_;
  LayoutWindow window_;
};

}  // namespace reelface::testing
