// SPDX-License-Identifier: Apache-2.0
#include "media/parts/joined_video.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "media/libav/stamps.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {

std::vector<std::int64_t> places_in_order(const std::vector<std::int64_t>& presentation_stamps) {
  std::vector<std::size_t> order(presentation_stamps.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return presentation_stamps[left] < presentation_stamps[right];
  });
  std::vector<std::int64_t> places(order.size());
  for (std::size_t place = 0; place < order.size(); ++place) places[order[place]] = static_cast<std::int64_t>(place);
  return places;
}

std::int64_t reordering_depth(const std::vector<std::int64_t>& places) {
  std::int64_t depth = 0;
  for (std::size_t decoded = 0; decoded < places.size(); ++decoded)
    depth = std::max(depth, static_cast<std::int64_t>(decoded) - places[decoded]);
  return depth;
}

JoinedVideo::JoinedVideo(std::vector<std::string> parts, const std::vector<VideoEncoder::Stamp>& stamps,
                         int encoder_delay, PartCheck check)
    : parts_(std::move(parts)), stamps_(stamps), delay_(std::max(encoder_delay, 0)), check_(std::move(check)) {
  // The delay has to be the same from the first packet on, so all parts are asked before any is read.
  for (const std::string& path : parts_) {
    PacketFileReader part(path);
    check_(part);
    delay_ = std::max(delay_, reordering_depth(places_in_order(part.presentation_stamps())));
  }
}

void JoinedVideo::open_next() {
  part_ = std::make_unique<PacketFileReader>(parts_[next_part_++]);
  check_(*part_);
  places_ = places_in_order(part_->presentation_stamps());
  packets_of_part_ = 0;
}

bool JoinedVideo::read(AVPacket& packet) {
  for (;;) {
    if (!part_) {
      if (next_part_ == parts_.size()) break;
      open_next();
    }
    if (part_->read(packet)) {
      restamp(packet);
      ++packets_of_part_;
      return true;
    }
    if (part_->trailer().frames > static_cast<std::int64_t>(stamps_.size()) - first_frame_of_part_) refuse_surplus();
    first_frame_of_part_ += part_->trailer().frames;
    part_.reset();
  }
  if (first_frame_of_part_ != static_cast<std::int64_t>(stamps_.size()))
    throw Error(ExitCode::kInputUnreadable,
                "the parts hold " + std::to_string(first_frame_of_part_) + " frames, the film " +
                    std::to_string(stamps_.size()),
                "plan the film anew");
  return false;
}

void JoinedVideo::refuse_surplus() const {
  throw Error(ExitCode::kInputUnreadable, "the part " + printable(part_->path()) + " has frames too many",
              "make this part again");
}

void JoinedVideo::restamp(AVPacket& packet) {
  const auto total = static_cast<std::int64_t>(stamps_.size());
  const std::int64_t decoded = first_frame_of_part_ + static_cast<std::int64_t>(packets_of_part_);
  const std::int64_t shown = first_frame_of_part_ + places_[packets_of_part_];
  if (decoded >= total || shown >= total) refuse_surplus();
  const auto pts_of = [this](std::int64_t frame) { return stamps_[static_cast<std::size_t>(frame)].pts; };
  packet.pts = pts_of(shown);
  packet.duration = stamps_[static_cast<std::size_t>(shown)].duration;
  if (delay_ == 0) {
    packet.dts = packet.pts;
  } else if (decoded >= delay_) {
    packet.dts = pts_of(decoded - delay_);
  } else {
    // Decoding runs ahead of the film's first frame by as much as the delay lasts.
    const std::int64_t ahead = difference_of_stamps(pts_of(std::min(delay_, total - 1)), pts_of(0));
    packet.dts = difference_of_stamps(pts_of(decoded), ahead);
  }
  packet.dts = std::min(packet.dts, packet.pts);
}

}  // namespace reelface
