// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <vector>

#include "layout/block_signs.h"
#include "layout/still_edges.h"

namespace reelface {

/// What is remembered of one frame.
struct LayoutSigns {
  double from_seconds = 0;  ///< when it is shown first …
  double to_seconds = 0;    ///< … and last, if it is repeated
  BlockSigns blocks;
  cv::Mat changed;  ///< since the frame before, by squares; empty where there is none to compare with
  std::shared_ptr<const StillEdges> edges;  ///< of some frames; null for the others
};

/// Frames around one, oldest first.
struct LayoutWindow {
  std::vector<const LayoutSigns*> frames;
  std::size_t middle = 0;
};

/// What squares of the middle frame do in time: CV_8U, 255 where it holds.
struct BlockHistory {
  cv::Mat moving;  ///< changes again and again, as what a camera sees does
  cv::Mat still;   ///< stays as it is for a while, or changes seldom
};

BlockHistory block_history(const LayoutWindow& window);

}  // namespace reelface
