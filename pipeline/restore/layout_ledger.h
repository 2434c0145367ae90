// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "reelface/pipeline/frame_group.h"
#include "reelface/restore/layout_report.h"

namespace reelface {

/// Notes, frame by frame in order, how the pictures of a call are laid out. Grows with the number of changes.
class LayoutLedger {
 public:
  void note(const FrameJob& job);

  /// None where every frame is one picture without a screen.
  std::vector<LayoutStretch> stretches() const;

 private:
  std::vector<LayoutStretch> stretches_;
};

}  // namespace reelface
