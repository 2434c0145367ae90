// SPDX-License-Identifier: Apache-2.0
#include "media/read/timeline_joiner.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "reelface/core/rational.h"

namespace reelface {
namespace {

// About 36 000 years; keeps sums of hostile stamps inside 64 bits.
constexpr std::int64_t kFarthest = std::numeric_limits<std::int64_t>::max() / 8;

}  // namespace

TimelineJoiner::Stream& TimelineJoiner::stream_at(int index) {
  const auto number = static_cast<std::size_t>(std::max(index, 0));
  if (number >= streams_.size()) streams_.resize(number + 1);
  return streams_[number];
}

bool TimelineJoiner::jumps(const Stream& stream, const Moment& moment) const {
  if (moment.time < stream.last - rules_.backward_tolerance) return true;
  if (!rules_.joins_forward_jumps || moment.time <= stream.expected + rules_.forward_tolerance) return false;
  // A stream that was silent while others went on has not jumped.
  return moment.time + offsets_[stream.segment] > latest_end_ + rules_.forward_tolerance;
}

std::size_t TimelineJoiner::segment_after_jump(const Stream& stream, const Moment& moment) {
  const std::int64_t continues_at = stream.expected + offsets_[stream.segment];
  for (std::size_t segment = stream.segment + 1; segment < offsets_.size(); ++segment) {
    const std::int64_t distance = moment.time + offsets_[segment] - continues_at;
    if (distance > -rules_.forward_tolerance && distance < rules_.forward_tolerance) return segment;
  }
  if (std::abs(continues_at) < kFarthest) offsets_.push_back(continues_at - moment.time);
  return offsets_.size() - 1;
}

std::size_t TimelineJoiner::nearest_segment(std::int64_t time) const {
  constexpr std::size_t kMostLookedAt = 8;  // streams lag behind each other by seconds, not by recordings
  std::size_t best = offsets_.size() - std::min(offsets_.size(), kMostLookedAt);
  for (std::size_t segment = best + 1; segment < offsets_.size(); ++segment) {
    const std::int64_t distance = std::abs(time + offsets_[segment] - latest_end_);
    if (distance <= std::abs(time + offsets_[best] - latest_end_)) best = segment;
  }
  return best;
}

std::int64_t TimelineJoiner::offset_for(const Moment& moment) {
  Stream& stream = stream_at(moment.stream);
  if (moment.time == kNoTimestamp || std::abs(moment.time) > kFarthest) return offsets_[stream.segment];
  if (!moment.is_steady) return offsets_[has_latest_end_ ? nearest_segment(moment.time) : offsets_.size() - 1];
  if (!stream.seen) {
    stream.seen = true;
    stream.segment = offsets_.size() - 1;
  } else if (jumps(stream, moment)) {
    stream.segment = segment_after_jump(stream, moment);
  }
  stream.last = moment.time;
  stream.expected = moment.time + std::clamp<std::int64_t>(moment.duration, 0, kFarthest);
  const std::int64_t end = stream.expected + offsets_[stream.segment];
  latest_end_ = has_latest_end_ ? std::max(latest_end_, end) : end;
  has_latest_end_ = true;
  return offsets_[stream.segment];
}

}  // namespace reelface
