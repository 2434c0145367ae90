// SPDX-License-Identifier: Apache-2.0
#include "media/decode/frame_chain.h"

#include <algorithm>
#include <utility>

#include "media/libav/compat.h"
#include "media/libav/frame_storage.h"
#include "media/libav/pixel_description.h"
#include "media/libav/stamps.h"

namespace reelface {
namespace {

/// One name for one layout: yuvj420p is yuv420p whose range is full.
void take_range_out_of_format(AVFrame& frame) {
  frame.color_range = static_cast<AVColorRange>(colour_of(frame).range);
  frame.format = without_range_in_name(static_cast<AVPixelFormat>(frame.format));
}

}  // namespace

FrameChain::FrameChain(std::int64_t usual_duration, PictureSize announced, const std::optional<Canvas>& settled,
                       const DisplayOrientation& orientation, Deinterlace deinterlace, int threads)
    : fixer_(usual_duration),
      deinterlacer_(deinterlace, threads),
      turner_(orientation, settled ? std::optional<DisplayOrientation>(settled->orientation) : std::nullopt),
      rescaler_(announced, settled) {}

void FrameChain::see_packet(const AVPacket& packet) {
  if (met_first_frame_) return;
  ++packets_before_first_frame_;
  if (packets_before_first_frame_ > 1) return;
  first_decoding_time_ = sound_stamp(packet.dts);
  has_decoding_times_only_ = packet.pts == AV_NOPTS_VALUE && first_decoding_time_ != AV_NOPTS_VALUE;
}

/// AVI stamps packets in decoding order only. libav then gives a frame the stamp of the packet that pushed it out,
/// which is late by the decoder's reordering delay; the first frame belongs where the first packet is.
void FrameChain::learn_from_first(const AVFrame& frame) {
  constexpr int kLongestReordering = 32;
  if (met_first_frame_) return;
  met_first_frame_ = true;
  if (has_decoding_times_only_ && frame.best_effort_timestamp != AV_NOPTS_VALUE &&
      packets_before_first_frame_ <= kLongestReordering) {
    delay_ = std::max<std::int64_t>(0, frame.best_effort_timestamp - first_decoding_time_);
  }
}

void FrameChain::push(FramePtr decoded, std::deque<FramePtr>& finished) {
  take_range_out_of_format(*decoded);
  set_frame_duration(*decoded, sound_duration(frame_duration(*decoded)));
  decoded->best_effort_timestamp = sound_stamp(decoded->best_effort_timestamp);
  learn_from_first(*decoded);
  std::int64_t second_choice = decoded->best_effort_timestamp;
  if (has_decoding_times_only_) {
    decoded->pts = AV_NOPTS_VALUE;  // what libav puts there for B-frames is a decoding time as well
    if (second_choice != AV_NOPTS_VALUE) second_choice -= delay_;
    set_frame_duration(*decoded, 0);  // such containers count chunks; their durations are no better
  }
  decoded->pts = fixer_.fix(decoded->pts, second_choice, frame_duration(*decoded));
  // Fields first: scaling would mix them.
  std::deque<FramePtr> whole;
  deinterlacer_.push(std::move(decoded), whole);
  fit(whole, finished);
}

void FrameChain::drain(std::deque<FramePtr>& finished) {
  std::deque<FramePtr> whole;
  deinterlacer_.drain(whole);
  fit(whole, finished);
}

void FrameChain::fit(std::deque<FramePtr>& whole, std::deque<FramePtr>& finished) {
  for (FramePtr& frame : whole) finished.push_back(rescaler_.fit(turner_.turn(std::move(frame))));
}

}  // namespace reelface
