// SPDX-License-Identifier: Apache-2.0
#include "image/area_copy.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <opencv2/imgproc.hpp>

#include "image/component_view.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

/// What one component has of the area: its own samples' grid.
struct ComponentGrid {
  int shift_x = 0, shift_y = 0;
};

ComponentGrid grid_of(const PixelLayout& layout, int component) {
  const bool is_chroma = layout.family == ColourFamily::kYuv && (component == 1 || component == 2);
  return is_chroma ? ComponentGrid{layout.chroma_shift_x, layout.chroma_shift_y} : ComponentGrid{};
}

void copy_component(const Frame& from, const cv::Mat& area, int component, const Frame& to) {
  const ComponentView source = view_component(from, component), target = view_component(to, component);
  const ComponentGrid grid = grid_of(from.facts().layout, component);
  const auto bytes = static_cast<std::size_t>(source.bytes);
  for (int y = 0; y < source.height; ++y) {
    const auto* const holds = area.ptr<std::uint8_t>(std::min(y << grid.shift_y, area.rows - 1));
    const std::uint8_t* read = source.data + y * source.stride;
    std::uint8_t* write = target.data + y * target.stride;
    for (int x = 0; x < source.width; ++x, read += source.step, write += target.step) {
      if (holds[std::min(x << grid.shift_x, area.cols - 1)] != 0) std::memcpy(write, read, bytes);
    }
  }
}

}  // namespace

cv::Mat with_whole_chroma(const cv::Mat& area, const PixelLayout& layout) {
  if (layout.chroma_shift_x == 0 && layout.chroma_shift_y == 0) return area;
  const int across = 1 << layout.chroma_shift_x, down = 1 << layout.chroma_shift_y;
  cv::Mat whole(area.size(), CV_8U), rows;
  // The largest of each sample's own, everywhere in it: of those to its right and below, and then of its first one.
  cv::copyMakeBorder(area, rows, 0, down - 1, 0, across - 1, cv::BORDER_REPLICATE);
  cv::dilate(rows, rows, cv::Mat::ones(down, across, CV_8U), {0, 0});
  for (int y = 0; y < area.rows; ++y) {
    const auto* const first = rows.ptr<std::uint8_t>(y - y % down);
    auto* const row = whole.ptr<std::uint8_t>(y);
    for (int x = 0; x < area.cols; ++x) row[x] = first[x - x % across];
  }
  return whole;
}

void copy_area(const Frame& from, const cv::Mat& area, Frame& to) {
  const FrameFacts &facts = from.facts(), &others = to.facts();
  if (facts.layout.name != others.layout.name || facts.width != others.width || facts.height != others.height ||
      area.cols != facts.width || area.rows != facts.height)
    throw Error(ExitCode::kInternal, "an area cannot be copied between frames of two kinds");
  for (int component = 0; component < facts.layout.component_count; ++component)
    copy_component(from, area, component, to);
}

}  // namespace reelface
