// SPDX-License-Identifier: Apache-2.0
#include "layout/block_history.h"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace reelface {
namespace {

// A camera's noise changes a square in almost every frame, a person who sits still in many. A page that is turned, a
// cursor and letters that are typed change one seldom.
constexpr double kMovingShare = 0.3, kMovingPerSecond = 1.5;
constexpr int kLeastMoves = 2;

constexpr double kStillSeconds = 1;
// A page gets sharper in a few steps after it has come, as its bits arrive.
constexpr double kSettlingShare = 0.2;

constexpr double kNever = std::numeric_limits<double>::infinity();

/// Of one square.
struct Changes {
  int count = 0;
  double last = -kNever;  ///< before the middle frame, or into it
  double next = kNever;   ///< behind it
};

class Counting {
 public:
  explicit Counting(const LayoutWindow& window) : window_(window) {
    for (const LayoutSigns* frame : window.frames) {
      if (!frame->changed.empty()) ++steps_;
    }
    seconds_ = window.frames.back()->from_seconds - window.frames.front()->from_seconds;
  }

  Changes at(int row, int column) const {
    Changes changes;
    for (std::size_t place = 0; place < window_.frames.size(); ++place) {
      const LayoutSigns& frame = *window_.frames[place];
      if (frame.changed.empty() || frame.changed.at<std::uint8_t>(row, column) == 0) continue;
      ++changes.count;
      if (place <= window_.middle)
        changes.last = frame.from_seconds;
      else
        changes.next = std::min(changes.next, frame.from_seconds);
    }
    return changes;
  }

  bool is_moving(const Changes& changes) const {
    return changes.count >= kLeastMoves && changes.count >= kMovingShare * steps_ &&
           changes.count >= kMovingPerSecond * seconds_;
  }

  bool is_still(const Changes& changes) const {
    return changes.next - changes.last >= kStillSeconds ||
           (seconds_ >= kStillSeconds && changes.count <= kSettlingShare * steps_);
  }

 private:
  const LayoutWindow& window_;
  int steps_ = 0;
  double seconds_ = 0;
};

}  // namespace

BlockHistory block_history(const LayoutWindow& window) {
  const Counting counting(window);
  const cv::Size grid = window.frames[window.middle]->blocks.plain.size();
  BlockHistory history{cv::Mat(grid, CV_8U, cv::Scalar(0)), cv::Mat(grid, CV_8U, cv::Scalar(0))};
  for (int row = 0; row < grid.height; ++row) {
    for (int column = 0; column < grid.width; ++column) {
      const Changes changes = counting.at(row, column);
      if (counting.is_moving(changes)) history.moving.at<std::uint8_t>(row, column) = 255;
      if (counting.is_still(changes)) history.still.at<std::uint8_t>(row, column) = 255;
    }
  }
  return history;
}

}  // namespace reelface
