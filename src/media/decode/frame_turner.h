// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "media/libav/ptr.h"
#include "reelface/image/frame.h"

namespace reelface {

/// Where pictures say on their way that they are to be shown turned otherwise than the film, as a phone's do that is
/// turned in hand: turns their samples, so that one orientation holds for all. Exact: no sample is changed.
class FrameTurner {
 public:
  /// `of_stream`: of pictures that say nothing themselves. `of_film`: none: the first picture's.
  FrameTurner(const DisplayOrientation& of_stream, const std::optional<DisplayOrientation>& of_film)
      : of_stream_(of_stream), of_picture_(of_stream), of_film_(of_film) {}

  /// The frame itself where it is shown as the film is; else a turned copy.
  FramePtr turn(FramePtr frame);

  std::int64_t turned() const { return turned_; }

 private:
  void learn_from(const AVFrame& frame);
  void set_up(const AVFrame& frame, const DisplayOrientation& by);
  FramePtr filtered(const AVFrame& frame);
  bool is_set_up_for(const AVFrame& frame, const DisplayOrientation& by) const;

  DisplayOrientation of_stream_;
  DisplayOrientation of_picture_;
  std::optional<DisplayOrientation> of_film_;
  FilterGraphPtr graph_;
  AVFilterContext* entry_ = nullptr;
  AVFilterContext* exit_ = nullptr;
  FramePtr started_with_;  ///< the size and format the filter takes; no samples
  DisplayOrientation by_;
  std::int64_t turned_ = 0;
};

/// How a picture is shown: as it says itself, or as its stream does.
DisplayOrientation orientation_of(const AVFrame& frame, const DisplayOrientation& of_stream);

/// How a picture that is shown in the first way has to be turned to look the same when it is shown in the second.
DisplayOrientation turn_between(const DisplayOrientation& from, const DisplayOrientation& to);

}  // namespace reelface
