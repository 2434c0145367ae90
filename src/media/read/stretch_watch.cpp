// SPDX-License-Identifier: Apache-2.0
#include "media/read/stretch_watch.h"

#include "media/libav/compat.h"
#include "media/libav/fitted_picture.h"
#include "media/libav/frame_storage.h"

namespace reelface {

void StretchWatch::see(const AVFrame& frame, AVRational time_base, std::int64_t offset) {
  const FittedPicture fitted =
      fitted_of(frame).value_or(FittedPicture{{0, 0, frame.width, frame.height}, frame.width, frame.height, 0});
  PictureStretch now;
  now.from_seconds = static_cast<double>(frame.pts) * av_q2d(time_base) - static_cast<double>(offset) / AV_TIME_BASE;
  now.width = fitted.stored_width;
  now.height = fitted.stored_height;
  now.sample_aspect_ratio = from_libav(frame.sample_aspect_ratio);
  now.area = fitted.area;
  now.quarter_turns_clockwise = fitted.quarter_turns_clockwise;
  if (met_.empty() || !met_.back().is_stored_like(now)) met_.push_back(now);
  PictureStretch& last = met_.back();
  const double duration = static_cast<double>(frame_duration(frame)) * av_q2d(time_base);
  last.seconds = now.from_seconds + duration - last.from_seconds;
}

}  // namespace reelface
