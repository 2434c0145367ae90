#pragma once

#include <cstdint>

#include "media/libav_ptr.h"

namespace reelface {

/// Keeps the size, pixel format and range of the first frame through a film that changes them on its way.
class FrameRescaler {
 public:
  /// The frame itself where it fits; else a scaled copy of it.
  FramePtr fit(FramePtr frame);

  std::int64_t rescaled() const { return rescaled_; }

 private:
  /// What a scaler is made for.
  struct Shape {
    int width = 0;
    int height = 0;
    int format = -1;
    bool is_full_range = false;  ///< of formats that come in both; unspecified counts as limited

    bool operator==(const Shape& other) const {
      return width == other.width && height == other.height && format == other.format &&
             is_full_range == other.is_full_range;
    }
  };
  static Shape shape_of(const AVFrame& frame);
  void set_up(const AVFrame& from);

  Shape target_;
  AVRational target_aspect_{0, 1};
  AVColorRange target_range_ = AVCOL_RANGE_UNSPECIFIED;
  Shape source_;
  ScalerPtr scaler_;
  std::int64_t rescaled_ = 0;
};

}  // namespace reelface
