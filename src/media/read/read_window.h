// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "media/libav/ptr.h"
#include "reelface/media/video_reader.h"

namespace reelface {

/// Which part of the film is wanted. Times count from the file's start.
/// By seconds, a frame is inside when it starts at or after `from` and before `to`; so are copied packets. Parts whose
/// ranges touch therefore share no frame and miss none. By numbers, the window's times follow from the frames met.
class ReadWindow {
 public:
  /// Throws for ranges that are empty or contradictory. `origin_microseconds`: see ReadOptions.
  explicit ReadWindow(const ReadRange& range, std::optional<std::int64_t> origin_microseconds = {});

  enum class Place { kBefore, kInside, kAfter };

  /// For each frame in order, exactly once: counts them.
  Place place_of_next_frame(std::int64_t pts, AVRational time_base);

  /// Where a stamp is; kInside while the window's times are not known.
  Place place_of(std::int64_t stamp, AVRational time_base) const;

  bool is_whole_film() const { return is_whole_film_; }
  bool counts_frames() const { return counts_frames_; }
  std::optional<double> from_seconds() const { return from_seconds_; }  ///< by numbers: once that frame was met
  std::optional<double> to_seconds() const { return to_seconds_; }      ///< likewise

  /// What has to come off all stamps so that the window starts at 0, or its origin does; microseconds.
  std::int64_t offset_microseconds() const;

 private:
  bool is_whole_film_;
  bool counts_frames_;
  std::optional<std::int64_t> origin_microseconds_;
  std::optional<double> from_seconds_;
  std::optional<double> to_seconds_;
  std::int64_t first_frame_ = 0;
  std::optional<std::int64_t> end_frame_;
  std::int64_t frames_met_ = 0;
};

}  // namespace reelface
