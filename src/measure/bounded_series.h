// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace reelface {

/// Values over time in bounded memory: up to `most_points` as they come, then means over 2, 4, 8, ... frames.
/// Values that are not finite do not count; a stretch without any is NaN.
class BoundedSeries {
 public:
  explicit BoundedSeries(std::size_t columns, std::size_t most_points = 4096);

  /// One value for each column; frames rise.
  void add(std::int64_t frame, double seconds, const std::vector<double>& values);

  /// The first frame and time of each point.
  std::vector<std::int64_t> frames() const;
  std::vector<double> seconds() const;
  std::vector<double> column(std::size_t index) const;
  std::size_t frames_per_point() const { return per_point_; }

 private:
  struct Cell {
    double sum = 0;
    std::size_t count = 0;
  };
  struct PointInTime {
    std::int64_t frame = 0;
    double seconds = 0;
    std::size_t frames = 0;
    std::vector<Cell> cells;
  };

  void merge_neighbours();

  std::size_t columns_;
  std::size_t most_points_;
  std::size_t per_point_ = 1;
  std::vector<PointInTime> points_;
};

}  // namespace reelface
