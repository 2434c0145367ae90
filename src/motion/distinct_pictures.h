// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <optional>
#include <vector>

namespace reelface {

/// How much changes between two pictures that motion is searched on (grey, CV_8U, one size), in levels, on average.
/// Light that changed all over does not count.
double picture_change(const cv::Mat& before, const cv::Mat& now);

/// Where a picture's neighbours are that do not show it once more, as offsets, the nearest first.
struct DistinctNeighbours {
  std::vector<std::ptrdiff_t> before;  ///< below 0
  std::vector<std::ptrdiff_t> behind;  ///< above 0
};

/// Films that run faster than they were taken show pictures twice. A second look at the same grain and dirt tells
/// nothing, so whoever compares pictures in time passes over repeats. `into[i]`: the change that leads into the picture
/// at offset i - reach, from the one before it; nothing where that is not of the shot or not known, which ends the
/// search. Compressed repeats are not quite equal: a repeat is what changes far less than its surroundings do. Of each
/// side at most `wanted` are given.
DistinctNeighbours distinct_neighbours(const std::vector<std::optional<double>>& into, std::size_t wanted);

}  // namespace reelface
