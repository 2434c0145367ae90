// SPDX-License-Identifier: Apache-2.0
#include "layout/straight_edges.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace reelface {
namespace {

constexpr int kEdgeLevels = 6;           // a border is not always strong …
constexpr double kWholeEdgeShare = 0.6;  // … and a pale wall may hide a part of it

/// How much of the border before this column is an edge, between two rows.
double edge_share(const cv::Mat& grey, int column, const cv::Range& rows) {
  int edges = 0;
  for (int row = rows.start; row < rows.end; ++row) {
    const auto* const samples = grey.ptr<std::uint8_t>(row);
    edges += std::abs(samples[column] - samples[column - 1]) >= kEdgeLevels ? 1 : 0;
  }
  return static_cast<double>(edges) / std::max(1, rows.size());
}

std::optional<int> edge_near(const cv::Mat& grey, int place, const cv::Range& rows, int reach) {
  std::optional<int> best;
  double most = kWholeEdgeShare;
  for (int column = std::max(1, place - reach); column <= std::min(grey.cols - 1, place + reach); ++column) {
    const double share = edge_share(grey, column, rows);
    if (share > most) most = share, best = column;
  }
  return best;
}

}  // namespace

StraightEdges::StraightEdges(const cv::Mat& grey) : grey_(grey) {
  cv::transpose(grey, turned_);
}

std::optional<int> StraightEdges::near(const cv::Rect& box, BoxSide side, int reach) const {
  const cv::Range rows(box.y, box.br().y), columns(box.x, box.br().x);
  switch (side) {
    case BoxSide::kLeft:
      return edge_near(grey_, box.x, rows, reach);
    case BoxSide::kRight:
      return edge_near(grey_, box.br().x, rows, reach);
    case BoxSide::kTop:
      return edge_near(turned_, box.y, columns, reach);
    case BoxSide::kBottom:
      return edge_near(turned_, box.br().y, columns, reach);
  }
  return std::nullopt;
}

cv::Rect StraightEdges::snapped(const cv::Rect& box, int reach) const {
  const auto place = [&](BoxSide side, int at, int end, int inwards) {
    const int without = at == end ? at : at + inwards * reach;
    return near(box, side, reach).value_or(without);
  };
  const int left = place(BoxSide::kLeft, box.x, 0, 1), right = place(BoxSide::kRight, box.br().x, grey_.cols, -1);
  const int top = place(BoxSide::kTop, box.y, 0, 1), bottom = place(BoxSide::kBottom, box.br().y, grey_.rows, -1);
  return {left, top, std::max(0, right - left), std::max(0, bottom - top)};
}

}  // namespace reelface
