// SPDX-License-Identifier: Apache-2.0
#include "media/encode/frame_timeline.h"

#include <algorithm>
#include <string>

#include "media/libav/stamps.h"
#include "reelface/core/error.h"

namespace reelface {

std::int64_t FrameTimeline::enter(std::int64_t pts, std::int64_t duration) {
  if (entered_ > 0 && pts <= last_.pts)
    throw Error(ExitCode::kInternal, "frame " + std::to_string(entered_) + " comes before or with the frame before it");
  last_ = {pts, duration};
  if (entered_ == 0) first_ = last_;
  const std::int64_t stamp = mode_ == Mode::kStamps ? pts : entered_;
  entries_.emplace(stamp, last_);
  ++entered_;
  return stamp;
}

std::int64_t FrameTimeline::stamp_at(std::int64_t count) const {
  // Before the first frame time runs at the first frame's pace: only decoding stamps reach back there.
  if (count < 0) return sum_of_stamps(first_.pts, product_of_stamp(count, std::max<std::int64_t>(first_.duration, 1)));
  const auto found = entries_.find(count);
  return found != entries_.end() ? found->second.pts : last_.pts;
}

void FrameTimeline::leave(AVPacket& packet) {
  const std::int64_t decoding = packet.dts;
  const auto found = entries_.find(packet.pts);
  if (found != entries_.end()) {
    if (mode_ == Mode::kCounting) {
      packet.pts = found->second.pts;
      if (decoding != AV_NOPTS_VALUE) packet.dts = std::min(stamp_at(decoding), packet.pts);
    }
    packet.duration = found->second.duration;
  }
  // Later packets have later decoding stamps, and none is shown before it is decoded.
  if (decoding != AV_NOPTS_VALUE) entries_.erase(entries_.begin(), entries_.lower_bound(decoding));
}

}  // namespace reelface
