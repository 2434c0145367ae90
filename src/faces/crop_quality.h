#pragma once

#include <cstdint>
#include <deque>
#include <map>

#include "reelface/core/rgb_image.h"

namespace reelface {

/// How good a face already is, judged from its aligned crop before restoration.
struct CropQuality {
  double sharpness = 0;     ///< contrast of finest against coarser detail at eyes and mouth, noise taken off: 0.65 = as
                            ///< sharp as the crop can be, 0.3 = half as fine, 0.15 = a quarter
  double noise_levels = 0;  ///< grain and skin in the flattest fifth, in 8-bit grey levels: a clean face has about 2
};

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
