// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/layout_stage.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <utility>

#include "image/area_copy.h"
#include "image/small_copy.h"
#include "layout/call_layout.h"
#include "pipeline/graph/frame_windows.h"
#include "pipeline/stages/cuts_stage.h"

namespace reelface {
namespace {

constexpr std::ptrdiff_t kLayoutReach = 24;      // frames to either side: two seconds or more, as calls are recorded
constexpr int kLeastTile = 32;                   // samples; something smaller that moves is no picture of somebody
constexpr int kCell = 4;                         // samples of a side, where room beside tiles is looked for
constexpr int kLeastRoom = 10;                   // the part of the shorter side that a picture is high and wide
constexpr std::int64_t kFramesBetweenEdges = 3;  // what stays is as well known from fewer frames

double seconds_of(const FrameJob& job) {
  return seconds(job.frame->facts().pts, job.frame->facts().time_base);
}

double last_seconds_of(const FrameJob& job) {
  for (auto repeat = job.repeats.rbegin(); repeat != job.repeats.rend(); ++repeat) {
    if (repeat->frame) return seconds_of(*repeat);
  }
  return seconds_of(job);
}

/// All of the luma, a byte for each sample.
class LumaCopy {
 public:
  explicit LumaCopy(const Frame& frame)
      : copy_(make_grey_copy(frame, std::max(frame.facts().width, frame.facts().height))) {}

  cv::Mat picture() { return {copy_.height, copy_.width, CV_8U, copy_.samples.data()}; }

 private:
  GreyImage8 copy_;
};

/// The part of a tile whose samples of chroma are all its own.
PictureArea of_whole_chroma(const cv::Rect& tile, const PixelLayout& layout) {
  const auto up = [](int place, int shift) { return ((place - 1) >> shift << shift) + (1 << shift); };
  const auto down = [](int place, int shift) { return place >> shift << shift; };
  const int left = up(tile.x, layout.chroma_shift_x), top = up(tile.y, layout.chroma_shift_y);
  return {left, top, std::max(0, down(tile.br().x, layout.chroma_shift_x) - left),
          std::max(0, down(tile.br().y, layout.chroma_shift_y) - top)};
}

class FindingLayout : public FrameWindows<LayoutSigns> {
 public:
  explicit FindingLayout(LayoutSought sought) : FrameWindows({kLayoutReach, kLayoutReach}), sought_(sought) {}

 private:
  using Window = FrameWindow<LayoutSigns>;

  bool starts_shot(const FrameJob& job) const override { return reelface::starts_shot(job); }

  std::optional<LayoutSigns> keep(FrameJob& job, const Window& before) override {
    const FrameFacts& facts = job.frame->facts();
    if (!facts.layout.editable || facts.interlaced) return std::nullopt;
    std::optional<LumaCopy> luma(*job.frame);
    const cv::Mat now = luma->picture();
    LayoutSigns signs{seconds_of(job), last_seconds_of(job), block_signs(now), {}, nullptr};
    if (before.at(-1) && last_ && last_->picture().size() == now.size())
      signs.changed = changed_blocks(last_->picture(), now);
    if (job.index % kFramesBetweenEdges == 0) signs.edges = std::make_shared<StillEdges>(now);
    last_.swap(luma);
    return signs;
  }

  void complete(FrameJob& job, const Window& window) override {
    LayoutWindow around;
    for (std::ptrdiff_t offset = -kLayoutReach; offset <= kLayoutReach; ++offset) {
      const LayoutSigns* const signs = window.at(offset);
      if (!signs || signs->blocks.plain.size() != window.at(0)->blocks.plain.size()) continue;
      if (offset == 0) around.middle = around.frames.size();
      around.frames.push_back(signs);
    }
    LumaCopy luma(*job.frame);
    CallLayout layout = call_layout(around, luma.picture());
    if (!sought_.screens) layout.screens.release();
    if (!sought_.tiles) layout.tiles.clear();
    const PixelLayout& pixels = job.frame->facts().layout;
    LayoutWork work;
    if (!layout.screens.empty()) work.screens = with_whole_chroma(layout.screens, pixels);
    for (const cv::Rect& tile : layout.tiles)
      if (std::min(tile.width, tile.height) >= kLeastTile) work.tiles.push_back(of_whole_chroma(tile, pixels));
    if (!work.screens.empty() || !work.tiles.empty()) job.work.make<LayoutWork>() = std::move(work);
  }

  LayoutSought sought_;
  std::optional<LumaCopy> last_;
};

void leave(FrameGroup& group) {
  for (FrameJob& job : group.jobs) {
    const cv::Mat* const area = area_of_screens(job);
    if (!job.frame || !job.original || !area) continue;
    if (job.frame->plane(0).data == job.original->plane(0).data) continue;  // no step has changed anything
    job.frame->make_writable();
    copy_area(*job.original, *area, *job.frame);
  }
}

}  // namespace

LookAhead make_layout_stage(LayoutSought sought, std::size_t frames_per_group) {
  StepNeeds needs;
  needs.reason = "finds shared screens and the tiles of a call";
  needs.back = needs.ahead = {0, kLayoutReach};
  needs.stops_at_cut = true;
  needs.groups_held = groups_held_by_window(static_cast<std::size_t>(kLayoutReach), frames_per_group);
  // Screens; and edges, of every few frames in a window that reaches as far back as ahead.
  needs.memory.bytes_per_frame = [](const FrameFacts& facts) {
    return std::int64_t{facts.width} * facts.height * 3 / 2;
  };
  return {"layout", std::make_shared<FindingLayout>(sought), std::move(needs)};
}

Stage make_leave_screens_stage() {
  StepNeeds needs;
  needs.reason = "gives shared screens back as they were read";
  needs.needs_original = true;
  needs.memory.bytes_per_frame = bytes_of_frame;
  return {"leave", Concurrency::kParallel, leave, 0, std::move(needs)};
}

const cv::Mat* area_of_screens(const FrameJob& job) {
  const LayoutWork* const work = job.work.get<LayoutWork>();
  return work && !work->screens.empty() ? &work->screens : nullptr;
}

std::vector<PictureArea> tiles_in(const FrameJob& job) {
  const LayoutWork* const layout = job.work.get<LayoutWork>();
  return layout ? layout->tiles : std::vector<PictureArea>();
}

bool has_room_beside_tiles(const FrameJob& job) {
  if (!job.work.get<LayoutWork>()) return true;
  const FrameFacts& facts = job.frame->facts();
  const cv::Size cells(std::max(1, facts.width / kCell), std::max(1, facts.height / kCell));
  cv::Mat room;
  if (const cv::Mat* const screens = area_of_screens(job)) {
    cv::resize(*screens, room, cells, 0, 0, cv::INTER_NEAREST);
    cv::bitwise_not(room, room);
  } else {
    room = cv::Mat(cells, CV_8U, cv::Scalar(255));
  }
  for (const PictureArea& tile : tiles_in(job)) {
    const cv::Point end((tile.x + tile.width + kCell - 1) / kCell, (tile.y + tile.height + kCell - 1) / kCell);
    room(cv::Rect(cv::Point(tile.x / kCell, tile.y / kCell), end) & cv::Rect({}, cells)).setTo(0);
  }
  const int side = std::max(1, std::min(cells.width, cells.height) / kLeastRoom);
  cv::erode(room, room, cv::Mat::ones(side, side, CV_8U), {-1, -1}, 1, cv::BORDER_CONSTANT, cv::Scalar(0));
  return cv::countNonZero(room) > 0;
}

std::vector<PictureArea> pictures_in(const FrameJob& job) {
  const FrameFacts& facts = job.frame->facts();
  if (std::vector<PictureArea> tiles = tiles_in(job); !tiles.empty()) return tiles;
  const cv::Mat* const screens = area_of_screens(job);
  if (screens && cv::countNonZero(*screens) == facts.width * facts.height) return {};
  return {picture_area(facts)};
}

bool contains(const PictureArea& area, const Position& point) {
  return point.x >= area.x && point.x < area.x + area.width && point.y >= area.y && point.y < area.y + area.height;
}

PictureArea picture_around(const FrameJob& job, const Position& point) {
  for (const PictureArea& tile : tiles_in(job)) {
    if (contains(tile, point)) return tile;
  }
  return picture_area(job.frame->facts());
}

}  // namespace reelface
