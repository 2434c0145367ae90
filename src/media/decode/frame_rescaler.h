// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "media/libav/picture_size.h"
#include "media/libav/ptr.h"
#include "reelface/media/canvas.h"

namespace reelface {

/// Keeps one size, and the pixel format and range of the first frame, through a film that changes them on its way. A
/// picture of another shape is never squashed: it is scaled until it fits and stands between black bars.
class FrameRescaler {
 public:
  /// `settled`: the film's size. Where it is not known, it is the first frame's, or what the container has announced,
  /// if that is the first frame's picture with more samples: then larger pictures are still to come.
  explicit FrameRescaler(PictureSize announced = {}, const std::optional<Canvas>& settled = {})
      : announced_(announced), settled_(settled) {}

  /// The frame itself where it fits; else a scaled copy of it.
  FramePtr fit(FramePtr frame);

  std::int64_t rescaled() const { return rescaled_; }
  std::int64_t boxed() const { return boxed_; }              ///< of those: frames between bars
  std::int64_t reformatted() const { return reformatted_; }  ///< of those: frames of another format or range

 private:
  /// What a scaler is made for.
  struct Shape {
    int width = 0;
    int height = 0;
    int format = -1;
    bool is_full_range = false;  ///< of formats that come in both; unspecified counts as limited
    double pixel_aspect = 1;

    bool is_stored_like(const Shape& other) const {
      return width == other.width && height == other.height && format == other.format &&
             is_full_range == other.is_full_range;
    }
    double aspect() const { return pixel_aspect * width / height; }
  };
  static Shape shape_of(const AVFrame& frame);
  void settle_target(const AVFrame& first);
  PictureArea place_of(const Shape& source) const;
  void set_up(const AVFrame& from);
  bool is_stored_as_placed(const Shape& shape) const;
  FramePtr scaled(const AVFrame& frame) const;
  FramePtr between_bars(const AVFrame& picture) const;
  bool fills_target() const { return place_.width == target_.width && place_.height == target_.height; }

  PictureSize announced_;
  std::optional<Canvas> settled_;
  Shape target_;
  AVRational target_aspect_{0, 1};
  AVColorRange target_range_ = AVCOL_RANGE_UNSPECIFIED;
  Shape source_;
  PictureArea place_;  ///< of pictures like source_
  ScalerPtr scaler_;
  std::int64_t rescaled_ = 0;
  std::int64_t boxed_ = 0;
  std::int64_t reformatted_ = 0;
};

}  // namespace reelface
