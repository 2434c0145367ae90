// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "film/defects.h"
#include "film/scratch_repair.h"

namespace reelface {

/// Another frame of the shot, and the lines in it.
struct ScratchSource {
  int offset = 0;  ///< −1: the frame before
  cv::Mat grey;
  Motion motion;  ///< CV_32FC2, of the frame's size; from this frame to that
  std::vector<VerticalLine> lines;
};

/// The pieces of a scratch that hide what another frame shows: where the picture moves and the scratch does not go with
/// it. Each names the frame to fill it from. Where none shows it better than the scratch' sides tell, there is no
/// piece.
std::vector<Defect> pieces_shown_elsewhere(const Scratch& scratch, const cv::Mat& grey,
                                           const std::vector<ScratchSource>& sources);

}  // namespace reelface
