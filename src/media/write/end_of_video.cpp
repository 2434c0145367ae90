// SPDX-License-Identifier: Apache-2.0
#include "media/write/end_of_video.h"

#include <algorithm>

#include "media/libav/frame_storage.h"
#include "media/libav/stamps.h"

namespace reelface {

void EndOfVideo::pass(AVPacket& packet, const Sink& sink) {
  if (!last_) {
    last_ = new_packet();
  } else {
    decoded_before_ = last_->dts;
    sink(*last_);
    av_packet_unref(last_.get());
  }
  av_packet_move_ref(last_.get(), &packet);
  remember(*last_);
}

void EndOfVideo::remember(const AVPacket& packet) {
  const std::int64_t end = sum_of_stamps(packet.pts, packet.duration);
  if (packets_++ == 0) {
    first_shown_ = packet.pts;
    first_decoded_ = packet.dts;
    end_ = end;
  }
  end_ = std::max(end_, end);
}

void EndOfVideo::finish(const Sink& sink) {
  if (!last_) return;
  mend_last();
  sink(*last_);
  last_.reset();
}

void EndOfVideo::mend_last() const {
  AVPacket& packet = *last_;
  if (packets_ < 2) return;
  if (first_decoded_ == AV_NOPTS_VALUE || decoded_before_ == AV_NOPTS_VALUE || packet.dts == AV_NOPTS_VALUE) return;
  // The decoding can move, as long as it comes after the one before. Where it would have to come after the picture is
  // shown, the duration grows instead; the picture may not seem to be shown longer than the film lasts, so it is then
  // decoded no earlier before it is shown than the first one was.
  const std::int64_t delay = difference_of_stamps(first_shown_, first_decoded_);
  const std::int64_t end_of_decoding = difference_of_stamps(end_, delay);
  const std::int64_t wanted = difference_of_stamps(end_of_decoding, packet.duration);
  const std::int64_t earliest = std::max(sum_of_stamps(decoded_before_, 1), difference_of_stamps(packet.pts, delay));
  const std::int64_t decoded = std::min(std::max(wanted, earliest), packet.pts);
  if (decoded <= decoded_before_) return;
  packet.duration = std::max(packet.duration, difference_of_stamps(end_of_decoding, decoded));
  packet.dts = decoded;
}

}  // namespace reelface
