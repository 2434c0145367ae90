// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "media/libav/ptr.h"
#include "reelface/media/canvas.h"

namespace reelface {

/// Notes where the pictures of a film change their size, from the frames that are passed on.
class StretchWatch {
 public:
  /// `offset`: microseconds from the file's start to the range's.
  void see(const AVFrame& frame, AVRational time_base, std::int64_t offset);

  const std::vector<PictureStretch>& met() const { return met_; }

 private:
  std::vector<PictureStretch> met_;
};

}  // namespace reelface
