// SPDX-License-Identifier: Apache-2.0
#include "layout/still_edges.h"

#include <opencv2/imgproc.hpp>

#include "layout/plain_ground.h"

namespace reelface {
namespace {

constexpr int kEdgeLevels = 6;                     // a border is not always strong …
constexpr double kWholeEdgeShare = 0.6;            // … and something as dark as the ground may hide a part of it
constexpr int kLeft = 1, kAbove = 2, kGround = 4;  // bits

/// The part of a picture that has a neighbour at this offset, and the neighbours.
void mark_steps(const cv::Mat& grey, int across, int down, int bit, cv::Mat& edges) {
  const int width = grey.cols - across, height = grey.rows - down;
  if (width < 1 || height < 1) return;
  const cv::Rect here(across, down, width, height), before(0, 0, width, height);
  cv::Mat steps;
  cv::absdiff(grey(here), grey(before), steps);
  edges(here) |= (steps >= kEdgeLevels) & bit;
}

/// Of `bit`, for each column (or, with `by_rows`, row) of the box, how much of it is set.
cv::Mat shares(const cv::Mat& edges, const cv::Rect& box, int bit, bool by_rows) {
  cv::Mat set, sums;
  cv::bitwise_and(edges(box), cv::Scalar(bit), set);
  cv::reduce(set, sums, by_rows ? 1 : 0, cv::REDUCE_SUM, CV_32S);
  sums.convertTo(sums, CV_64F, 1.0 / bit / (by_rows ? box.width : box.height));
  return sums.reshape(1, 1);
}

}  // namespace

StillEdges::StillEdges(const cv::Mat& grey) : edges_(grey.size(), CV_8U, cv::Scalar(0)) {
  mark_steps(grey, 1, 0, kLeft, edges_);
  mark_steps(grey, 0, 1, kAbove, edges_);
  edges_ |= plain_ground(grey) & kGround;
}

cv::Mat StillEdges::ground() const {
  return (edges_ & kGround) != 0;
}

void StillEdges::keep_common(const StillEdges& other) {
  cv::Mat common;  // and not in place: copies of this object share their samples
  cv::bitwise_and(edges_, other.edges_, common);
  edges_ = common;
}

std::optional<StraightLine> StillEdges::strongest_across(const cv::Rect& box) const {
  const auto upright = strongest_across(box, true), level = strongest_across(box, false);
  if (!upright || !level) return upright ? upright : level;
  return level->share > upright->share ? level : upright;
}

std::optional<StraightLine> StillEdges::strongest_across(const cv::Rect& box, bool is_upright) const {
  cv::Mat along = shares(edges_, box, is_upright ? kLeft : kAbove, !is_upright);
  along.at<double>(0) = 0;  // that would be the box's own side
  double share = 0;
  cv::Point place;
  cv::minMaxLoc(along, nullptr, &share, nullptr, &place);
  if (share < kWholeEdgeShare) return std::nullopt;
  return StraightLine{is_upright, place.x + (is_upright ? box.x : box.y), share};
}

}  // namespace reelface
