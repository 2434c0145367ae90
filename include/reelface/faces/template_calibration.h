#pragma once

#include <array>
#include <utility>
#include <vector>

#include "reelface/core/face.h"

namespace reelface {

/// Where a detector's five points lie, on average, relative to GFPGAN's template: constant offsets in the 512 crop.
/// Every detector has a mean shape of its own; without this all its crops are placed a little off.
struct TemplateCalibration {
  std::array<Point, 5> offsets_at_512{};

  /// The points that this detector's faces are moved onto, in the 512 crop.
  std::array<Point, 5> target_points() const;
};

/// Points of one face by the detector in question, and by one whose mean shape is the template's (or marked by hand).
using CalibrationPair = std::pair<std::array<Point, 5>, std::array<Point, 5>>;

/// The mean offset over many faces, each measured in its own aligned crop. No pairs: no offsets.
TemplateCalibration measure_calibration(const std::vector<CalibrationPair>& detected_and_reference);

}  // namespace reelface
