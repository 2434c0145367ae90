// SPDX-License-Identifier: Apache-2.0
#include "layout/call_layout.h"

#include <utility>

#include "layout/gallery_tiles.h"
#include "layout/shared_screens.h"
#include "layout/still_edges.h"

namespace reelface {
namespace {

// For how long edges must stay, and in how many pictures beside the frame's own. What sways stands still where it
// turns.
constexpr double kStillSeconds = 0.7;
constexpr int kLeastPictures = 7;

/// Edges of the middle frame that stay where they are.
struct EdgesInTime {
  StillEdges edges;
  double seconds = 0;  ///< for how long
  int pictures = 0;    ///< in how many

  bool are_known() const { return seconds >= kStillSeconds && pictures >= kLeastPictures; }
};

/// Of the frames from `begin` to before `end`, all of which are in the window.
EdgesInTime edges_in_time(const LayoutWindow& window, const StillEdges& now, std::size_t begin, std::size_t end) {
  EdgesInTime still{now, 0, 0};
  for (std::size_t place = begin; place < end; ++place) {
    const LayoutSigns& frame = *window.frames[place];
    if (!frame.edges || place == window.middle) continue;
    still.edges.keep_common(*frame.edges);
    ++still.pictures;
  }
  still.seconds = window.frames[end - 1]->to_seconds - window.frames[begin]->from_seconds;
  return still;
}

/// A layout may have begun with this frame, or end with it. So it is looked for in the frames before and in those
/// behind.
std::vector<cv::Rect> tiles_in(const LayoutWindow& window, const cv::Mat& grey, const cv::Mat& moving) {
  const auto& known = window.frames[window.middle]->edges;
  const StillEdges now = known ? *known : StillEdges(grey);
  const std::size_t middle = window.middle, end = window.frames.size();
  std::vector<cv::Rect> tiles;
  bool is_known = false;
  for (const auto& [from, to] : {std::pair(std::size_t{0}, middle + 1), std::pair(middle, end)}) {
    const EdgesInTime still = edges_in_time(window, now, from, to);
    if (!still.are_known()) continue;
    std::vector<cv::Rect> found = gallery_tiles(still.edges, moving);
    if (!is_known || found.size() > tiles.size()) tiles = std::move(found);
    is_known = true;
  }
  return is_known ? tiles : gallery_tiles(edges_in_time(window, now, 0, end).edges, moving);
}

}  // namespace

CallLayout call_layout(const LayoutWindow& window, const cv::Mat& grey) {
  const BlockHistory history = block_history(window);
  std::vector<cv::Rect> gallery = tiles_in(window, grey, history.moving);
  SharedScreens screens = shared_screens(window.frames[window.middle]->blocks, history, grey, gallery);
  if (!screens.area.empty()) return {std::move(screens.area), std::move(screens.tiles)};
  return {{}, std::move(gallery)};
}

}  // namespace reelface
