// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace reelface::testing {

/// A picture with smooth parts, edges and texture, values 0..1, the same for the same seed; `at` samples it anywhere,
/// so that tests can move it by parts of a pixel.
class TestPattern {
 public:
  explicit TestPattern(std::uint32_t seed = 1);
  double at(double x, double y) const;

  /// width x height values, row by row, moved by (dx, dy).
  std::vector<float> plane(int width, int height, double dx = 0, double dy = 0) const;

 private:
  struct Wave {
    double across, down, phase, strength;
  };
  std::vector<Wave> waves_;
  double disc_x_, disc_y_;
};

/// Normal noise of a known strength added to every value. Not clipped.
std::vector<float> with_noise(std::vector<float> values, double sigma, std::uint32_t seed);

}  // namespace reelface::testing
