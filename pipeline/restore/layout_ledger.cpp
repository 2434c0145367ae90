// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/layout_ledger.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "pipeline/stages/layout_stage.h"

namespace reelface {
namespace {

constexpr int kNearPart = 16;  // sides that lie within this part of a tile of each other are the same side

bool are_near(const PictureArea& one, const PictureArea& other) {
  const int x = one.width / kNearPart, y = one.height / kNearPart;
  return std::abs(one.x - other.x) <= x && std::abs(one.y - other.y) <= y &&
         std::abs(one.x + one.width - other.x - other.width) <= x &&
         std::abs(one.y + one.height - other.y - other.height) <= y;
}

bool has_alike(const std::vector<PictureArea>& tiles, const PictureArea& wanted) {
  return std::any_of(tiles.begin(), tiles.end(), [&wanted](const PictureArea& tile) { return are_near(tile, wanted); });
}

bool are_alike(const LayoutStretch& one, const LayoutStretch& other) {
  return (one.screen > 0) == (other.screen > 0) && one.tiles.size() == other.tiles.size() &&
         std::all_of(one.tiles.begin(), one.tiles.end(),
                     [&other](const PictureArea& tile) { return has_alike(other.tiles, tile); });
}

LayoutStretch layout_of(const FrameJob& job) {
  LayoutStretch layout{job.index, 1, tiles_in(job), 0};
  if (const cv::Mat* const screens = area_of_screens(job))
    layout.screen = cv::countNonZero(*screens) / static_cast<double>(screens->total());
  return layout;
}

}  // namespace

void LayoutLedger::note(const FrameJob& job) {
  LayoutStretch layout = layout_of(job);
  if (stretches_.empty() || !are_alike(stretches_.back(), layout)) {
    stretches_.push_back(std::move(layout));
    return;
  }
  LayoutStretch& last = stretches_.back();
  ++last.frames;
  last.tiles = std::move(layout.tiles);
  last.screen = std::max(last.screen, layout.screen);
}

std::vector<LayoutStretch> LayoutLedger::stretches() const {
  const bool is_one_picture =
      stretches_.size() <= 1 && (stretches_.empty() || (stretches_[0].tiles.empty() && stretches_[0].screen == 0));
  return is_one_picture ? std::vector<LayoutStretch>() : stretches_;
}

}  // namespace reelface
