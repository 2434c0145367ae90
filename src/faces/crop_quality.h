// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>

#include "reelface/core/rgb_image.h"
#include "reelface/faces/face_measures.h"

namespace reelface {

/// Thread-safe. Crops of less than 32 px are too small to tell and count as unsharp.
CropQuality measure_crop_quality(RgbViewF crop);

/// Means over the last second of each piece; recent frames weigh more. A strength that followed the sharpness of every
/// single frame would make the restoration flicker. Finite memory: one second. One owner, frames in order.
class CropQualityHistory {
 public:
  CropQuality add(std::int64_t piece_id, double time_seconds, const CropQuality& quality);

  /// At a cut.
  void reset() { pieces_.clear(); }

 private:
  struct Entry {
    double time_seconds;
    CropQuality quality;
  };
  std::map<std::int64_t, std::deque<Entry>> pieces_;
};

}  // namespace reelface
