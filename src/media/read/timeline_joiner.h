// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace reelface {

/// Joins the clocks of recordings that were strung together in one file: where a stream's stamps jump, a new segment
/// begins, and the same offset then goes onto every stream of that segment, so that sound and picture keep their shift.
/// Streams reach the seam at different moments; each moves on when its own stamps jump. Microseconds throughout.
class TimelineJoiner {
 public:
  struct Rules {
    bool joins_forward_jumps = false;  ///< only where the container allows clocks to jump (MPEG-TS)
    std::int64_t backward_tolerance = 3'000'000;
    std::int64_t forward_tolerance = 10'000'000;
  };

  struct Moment {
    int stream = 0;
    std::int64_t time = 0;  ///< decoding time; kNoTimestamp = unknown
    std::int64_t duration = 0;
    bool is_steady = true;  ///< sound and pictures; subtitles and data follow the others' segments
  };

  explicit TimelineJoiner(Rules rules) : rules_(rules) {}

  /// What to add to this packet's stamps. Call for every packet in file order.
  std::int64_t offset_for(const Moment& moment);

  std::int64_t seams() const { return static_cast<std::int64_t>(offsets_.size()) - 1; }

 private:
  struct Stream {
    bool seen = false;
    std::size_t segment = 0;
    std::int64_t last = 0;      ///< on the file's own clock
    std::int64_t expected = 0;  ///< end of the last packet, on the file's own clock
  };

  bool jumps(const Stream& stream, const Moment& moment) const;
  std::size_t segment_after_jump(const Stream& stream, const Moment& moment);
  std::size_t nearest_segment(std::int64_t time) const;
  Stream& stream_at(int index);

  Rules rules_;
  std::vector<std::int64_t> offsets_ = {0};  ///< by segment
  std::vector<Stream> streams_;
  std::int64_t latest_end_ = 0;  ///< on the joined clock
  bool has_latest_end_ = false;
};

}  // namespace reelface
