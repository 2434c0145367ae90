// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "layout/still_edges.h"

namespace reelface {

/// The tiles of a gallery: pictures of cameras that straight edges part, some of them equally large. From left to right
/// and top to bottom; empty where the picture is one picture. `moving`: squares that move as what a camera sees.
std::vector<cv::Rect> gallery_tiles(const StillEdges& edges, const cv::Mat& moving);

}  // namespace reelface
