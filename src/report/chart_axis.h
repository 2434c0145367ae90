// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace reelface {

/// A scale with round marks: 1, 2 or 5 times a power of ten apart, or 25, 250, ...
struct ChartAxis {
  double low = 0;
  double high = 1;
  std::vector<double> marks;

  /// 0 at `low`, 1 at `high`.
  double position(double value) const { return (value - low) / (high - low); }
};

/// A value axis whose ends are marks themselves, so that no line touches the frame. Equal or unordered ends are spread.
ChartAxis value_axis(double smallest, double largest, int marks_wanted = 4);

/// A frame axis: ends where the frames end, whole marks inside.
ChartAxis frame_axis(double first, double last, int marks_wanted = 6);

}  // namespace reelface
