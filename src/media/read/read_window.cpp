// SPDX-License-Identifier: Apache-2.0
#include "media/read/read_window.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "media/libav/stamps.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

// Seconds that went through text lose their last digits; a frame that starts this much early is still meant.
constexpr double kSlackSeconds = 1e-6;
constexpr double kLongestSeconds = 1e9;

void refuse(const char* why) {
  throw Error(ExitCode::kUsage, why, "give a start that lies before the end, in seconds or in frame numbers from 0");
}

bool starts_before(std::int64_t stamp, AVRational time_base, double seconds) {
  const double ticks = std::ceil((seconds - kSlackSeconds) * time_base.den / time_base.num);
  if (ticks >= static_cast<double>(std::numeric_limits<std::int64_t>::max())) return true;
  if (ticks <= static_cast<double>(std::numeric_limits<std::int64_t>::min())) return false;
  return stamp < static_cast<std::int64_t>(ticks);
}

}  // namespace

ReadWindow::ReadWindow(const ReadRange& range, std::optional<std::int64_t> origin_microseconds)
    : is_whole_film_(!range.from_seconds && !range.to_seconds && !range.first_frame && !range.end_frame),
      counts_frames_(range.first_frame || range.end_frame),
      origin_microseconds_(origin_microseconds),
      from_seconds_(range.from_seconds),
      to_seconds_(range.to_seconds),
      first_frame_(range.first_frame.value_or(0)),
      end_frame_(range.end_frame) {
  if (counts_frames_ && (from_seconds_ || to_seconds_)) refuse("a range is given in seconds and in frames at once");
  if (first_frame_ < 0 || (end_frame_ && *end_frame_ <= first_frame_)) refuse("the range of frames is empty");
  for (const std::optional<double>& moment : {from_seconds_, to_seconds_}) {
    if (moment && !(*moment >= 0 && *moment <= kLongestSeconds))
      refuse("the range starts or ends at an impossible time");
  }
  if (to_seconds_ && *to_seconds_ <= from_seconds_.value_or(0)) refuse("the range of time is empty");
}

ReadWindow::Place ReadWindow::place_of_next_frame(std::int64_t pts, AVRational time_base) {
  if (!counts_frames_) return place_of(pts, time_base);
  const std::int64_t number = frames_met_++;
  const double seconds = static_cast<double>(pts) * av_q2d(time_base);
  if (number < first_frame_) return Place::kBefore;
  if (!from_seconds_) from_seconds_ = seconds;
  if (!end_frame_ || number < *end_frame_) return Place::kInside;
  if (!to_seconds_) to_seconds_ = seconds;
  return Place::kAfter;
}

ReadWindow::Place ReadWindow::place_of(std::int64_t stamp, AVRational time_base) const {
  if (stamp == kNoTimestamp) return Place::kInside;
  // Sound begins before 0 (its priming), so a window from the start has no lower end.
  if (from_seconds_ && *from_seconds_ > 0 && starts_before(stamp, time_base, *from_seconds_)) return Place::kBefore;
  if (to_seconds_ && !starts_before(stamp, time_base, *to_seconds_)) return Place::kAfter;
  return Place::kInside;
}

std::int64_t ReadWindow::offset_microseconds() const {
  if (origin_microseconds_) return std::clamp(*origin_microseconds_, -kFarthestStamp, kFarthestStamp);
  if (!from_seconds_) return 0;
  // Downwards, so that no stamp inside the window becomes negative. The stamp of a frame that was counted may be any.
  constexpr auto kMost = static_cast<double>(kFarthestStamp);
  return static_cast<std::int64_t>(std::clamp(std::floor(*from_seconds_ * 1e6 + 1e-3), -kMost, kMost));
}

}  // namespace reelface
