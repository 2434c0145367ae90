// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <optional>

namespace reelface {

/// A line from one side of a box to the other.
struct StraightLine {
  bool is_upright = false;
  int place = 0;     ///< the column or row before which the picture changes
  double share = 0;  ///< of its length along which it does
};

/// Where a picture changes from a pixel to the next, and, combined over pictures, goes on doing so: the sides of tiles,
/// but not of what moves in them. And where it shows the ground between them.
class StillEdges {
 public:
  /// Of a grey picture, CV_8U.
  explicit StillEdges(const cv::Mat& grey);

  /// Only what both have stays. The pictures are of one size.
  void keep_common(const StillEdges& other);

  /// The line across the box along most of whose length there are edges; nothing where there is hardly one.
  std::optional<StraightLine> strongest_across(const cv::Rect& box) const;
  std::optional<StraightLine> strongest_across(const cv::Rect& box, bool is_upright) const;

  /// Where the ground is seen (plain_ground.h), in all of the pictures.
  cv::Mat ground() const;

  cv::Size size() const { return edges_.size(); }

 private:
  cv::Mat edges_;  ///< CV_8U; a bit for edges to the left, one for those above, one for ground
};

}  // namespace reelface
