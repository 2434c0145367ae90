// SPDX-License-Identifier: Apache-2.0
#include "motion/distinct_pictures.h"

#include <algorithm>
#include <cstdlib>

namespace reelface {
namespace {

/// Most of the changes around are less than this.
double usual_change(const std::vector<std::optional<double>>& changes) {
  std::vector<double> known;
  for (const std::optional<double>& change : changes) {
    if (change) known.push_back(*change);
  }
  if (known.empty()) return 0;
  const auto place = known.begin() + static_cast<std::ptrdiff_t>(known.size() * 3 / 4);
  std::nth_element(known.begin(), place, known.end());
  return *place;
}

}  // namespace

double picture_change(const cv::Mat& before, const cv::Mat& now) {
  const double light = cv::mean(now)[0] - cv::mean(before)[0];
  cv::Mat difference;
  cv::subtract(now, before, difference, cv::noArray(), CV_32F);
  return cv::mean(cv::abs(difference - cv::Scalar(light)))[0];
}

DistinctNeighbours distinct_neighbours(const std::vector<std::optional<double>>& into, std::size_t wanted) {
  constexpr double kOfARepeat = 0.35;
  const double most = kOfARepeat * usual_change(into);
  const auto reach = static_cast<std::ptrdiff_t>(into.size() / 2);
  const auto change_into = [&](std::ptrdiff_t offset) { return into[static_cast<std::size_t>(offset + reach)]; };
  DistinctNeighbours neighbours;
  for (std::ptrdiff_t offset = 0; offset > -reach && neighbours.before.size() < wanted; --offset) {
    if (!change_into(offset)) break;
    if (*change_into(offset) >= most) neighbours.before.push_back(offset - 1);
  }
  for (std::ptrdiff_t offset = 1; offset <= reach && neighbours.behind.size() < wanted; ++offset) {
    if (!change_into(offset)) break;
    if (*change_into(offset) >= most) neighbours.behind.push_back(offset);
  }
  return neighbours;
}

}  // namespace reelface
