// SPDX-License-Identifier: Apache-2.0
#include "support/test_pattern.h"

#include <cmath>

namespace reelface::testing {

TestPattern::TestPattern(std::uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int i = 0; i < 12; ++i) {
    const double wave_length = 6 + 90 * unit(random);
    const double direction = 6.2831853 * unit(random);
    waves_.push_back({std::cos(direction) * 6.2831853 / wave_length, std::sin(direction) * 6.2831853 / wave_length,
                      6.2831853 * unit(random), 0.03 + 0.05 * unit(random)});
  }
  disc_x_ = 40 + 40 * unit(random);
  disc_y_ = 40 + 40 * unit(random);
}

double TestPattern::at(double x, double y) const {
  double value = 0.5;
  for (const Wave& wave : waves_) value += wave.strength * std::sin(wave.across * x + wave.down * y + wave.phase);
  const double distance = std::hypot(x - disc_x_, y - disc_y_);
  value += 0.25 / (1 + std::exp(3 * (distance - 25)));  // a soft-edged disc: an edge that can move by parts of a pixel
  return std::min(0.98, std::max(0.02, value));
}

std::vector<float> TestPattern::plane(int width, int height, double dx, double dy) const {
  std::vector<float> values;
  values.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) values.push_back(static_cast<float>(at(x - dx, y - dy)));
  }
  return values;
}

std::vector<float> with_noise(std::vector<float> values, double sigma, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise;
  for (float& value : values) value = static_cast<float>(static_cast<double>(value) + sigma * noise(random));
  return values;
}

}  // namespace reelface::testing
