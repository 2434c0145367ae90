// SPDX-License-Identifier: Apache-2.0
#include "measure/bounded_series.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace reelface {

BoundedSeries::BoundedSeries(std::size_t columns, std::size_t most_points)
    : columns_(columns), most_points_(std::max<std::size_t>(most_points, 2)) {}

void BoundedSeries::add(std::int64_t frame, double seconds, const std::vector<double>& values) {
  if (points_.empty() || points_.back().frames == per_point_) {
    if (points_.size() == most_points_) merge_neighbours();
    if (points_.empty() || points_.back().frames == per_point_) {
      points_.push_back({frame, seconds, 0, std::vector<Cell>(columns_)});
    }
  }
  PointInTime& point = points_.back();
  ++point.frames;
  for (std::size_t i = 0; i < std::min(columns_, values.size()); ++i) {
    if (!std::isfinite(values[i])) continue;
    point.cells[i].sum += values[i];
    ++point.cells[i].count;
  }
}

void BoundedSeries::merge_neighbours() {
  std::vector<PointInTime> merged;
  merged.reserve(most_points_);
  for (std::size_t i = 0; i < points_.size(); ++i) {
    if (i % 2 == 0) {
      merged.push_back(std::move(points_[i]));
      continue;
    }
    PointInTime& target = merged.back();
    target.frames += points_[i].frames;
    for (std::size_t c = 0; c < columns_; ++c) {
      target.cells[c].sum += points_[i].cells[c].sum;
      target.cells[c].count += points_[i].cells[c].count;
    }
  }
  points_ = std::move(merged);
  per_point_ *= 2;
}

std::vector<std::int64_t> BoundedSeries::frames() const {
  std::vector<std::int64_t> result;
  for (const PointInTime& point : points_) result.push_back(point.frame);
  return result;
}

std::vector<double> BoundedSeries::seconds() const {
  std::vector<double> result;
  for (const PointInTime& point : points_) result.push_back(point.seconds);
  return result;
}

std::vector<double> BoundedSeries::column(std::size_t index) const {
  std::vector<double> result;
  for (const PointInTime& point : points_) {
    const Cell& cell = point.cells.at(index);
    result.push_back(cell.count > 0 ? cell.sum / static_cast<double>(cell.count)
                                    : std::numeric_limits<double>::quiet_NaN());
  }
  return result;
}

}  // namespace reelface
