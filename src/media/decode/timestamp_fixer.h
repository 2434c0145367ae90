// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace reelface {

/// Gives every frame of a stream a time stamp, strictly rising, and changes as few as possible.
/// A missing stamp follows from the previous frames' distance or duration; one that is not later than its predecessor
/// moves half a frame behind it, so that a correct one after it still fits. Ticks of the stream's time base throughout.
class TimestampFixer {
 public:
  /// `usual_duration`: of a frame whose own is unknown; at least 1.
  explicit TimestampFixer(std::int64_t usual_duration);

  /// `stamp` and `second_choice` may be kNoTimestamp; `duration` <= 0 = unknown.
  std::int64_t fix(std::int64_t stamp, std::int64_t second_choice, std::int64_t duration);

  std::int64_t repaired() const { return repaired_; }

 private:
  std::int64_t step(std::int64_t wanted) const;

  std::int64_t usual_duration_;
  std::int64_t last_;
  std::int64_t last_duration_;
  std::int64_t last_distance_ = 0;  ///< between the two latest stamps that came with their frames; 0 = unknown
  bool last_was_given_ = false;
  std::int64_t repaired_ = 0;
};

}  // namespace reelface
