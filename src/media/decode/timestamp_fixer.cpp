// SPDX-License-Identifier: Apache-2.0
#include "media/decode/timestamp_fixer.h"

#include <algorithm>

#include "media/libav/stamps.h"

namespace reelface {
namespace {

bool is_usable(std::int64_t stamp) {
  return sound_stamp(stamp) != kNoTimestamp;
}

}  // namespace

TimestampFixer::TimestampFixer(std::int64_t usual_duration)
    : usual_duration_(std::clamp<std::int64_t>(usual_duration, 1, kFarthestStamp)),
      last_(kNoTimestamp),
      last_duration_(usual_duration_) {}

std::int64_t TimestampFixer::step(std::int64_t wanted) const {
  return last_ > kFarthestStamp ? 1 : std::clamp<std::int64_t>(wanted, 1, kFarthestStamp);
}

std::int64_t TimestampFixer::fix(std::int64_t stamp, std::int64_t second_choice, std::int64_t duration) {
  std::int64_t chosen = is_usable(stamp) ? stamp : second_choice;
  const bool has_last = last_ != kNoTimestamp;
  const bool is_given = is_usable(chosen) && !(has_last && chosen <= last_);
  if (is_given) {
    if (last_was_given_) last_distance_ = chosen - last_;
  } else {
    ++repaired_;
    if (is_usable(chosen)) {
      chosen = last_ + step(last_duration_ / 2);
    } else {
      chosen = has_last ? last_ + step(last_distance_ > 0 ? last_distance_ : last_duration_) : 0;
    }
  }
  last_ = chosen;
  last_was_given_ = is_given;
  last_duration_ = duration > 0 && duration < kFarthestStamp ? duration : usual_duration_;
  return chosen;
}

}  // namespace reelface
