// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>

#include "media/libav/ptr.h"
#include "reelface/core/rational.h"

namespace reelface {

// Stamps and durations are whatever a file says. These sums end at the ends of the number range instead of beyond them,
// and none of them is ever kNoTimestamp.

/// Stamps farther out are garbage. Sums of a few that are nearer stay inside the number range.
constexpr std::int64_t kFarthestStamp = std::numeric_limits<std::int64_t>::max() / 4;

/// The stamp; kNoTimestamp if it is garbage.
inline std::int64_t sound_stamp(std::int64_t stamp) {
  return stamp > kFarthestStamp || stamp < -kFarthestStamp ? kNoTimestamp : stamp;
}

/// The duration; 0, which stands for unknown, if it is garbage.
inline std::int64_t sound_duration(std::int64_t duration) {
  return duration > 0 && duration <= kFarthestStamp ? duration : 0;
}

inline std::int64_t end_of_range(bool is_negative) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  return is_negative ? -kMost : kMost;
}

inline std::int64_t sum_of_stamps(std::int64_t left, std::int64_t right) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(left, right, &sum) || sum == kNoTimestamp) return end_of_range(left < 0);
  return sum;
}

inline std::int64_t difference_of_stamps(std::int64_t left, std::int64_t right) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(left, right, &difference) || difference == kNoTimestamp) return end_of_range(left < 0);
  return difference;
}

inline std::int64_t product_of_stamp(std::int64_t stamp, std::int64_t factor) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(stamp, factor, &product) || product == kNoTimestamp)
    return end_of_range((stamp < 0) != (factor < 0));
  return product;
}

/// Adds `ticks` to the packet's stamps. One that becomes garbage is lost; so is none that was there before.
inline void move_stamps(AVPacket& packet, std::int64_t ticks) {
  for (std::int64_t* stamp : {&packet.pts, &packet.dts}) {
    if (*stamp != kNoTimestamp) *stamp = sound_stamp(sum_of_stamps(*stamp, ticks));
  }
}

/// The packet's own stamps and duration without garbage.
inline void drop_garbage(AVPacket& packet) {
  packet.pts = sound_stamp(packet.pts);
  packet.dts = sound_stamp(packet.dts);
  packet.duration = sound_duration(packet.duration);
}

}  // namespace reelface
