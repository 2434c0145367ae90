// SPDX-License-Identifier: Apache-2.0
#include "measure/frame_offset.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace reelface {
namespace {

double mean(const GreyImage8& image) {
  double sum = 0;
  for (const std::uint8_t sample : image.samples) sum += sample;
  return image.samples.empty() ? 0 : sum / static_cast<double>(image.samples.size());
}

/// Mean difference after taking off each picture's brightness.
double difference(const GreyImage8& left, const GreyImage8& right) {
  const std::size_t count = std::min(left.samples.size(), right.samples.size());
  if (count == 0) return 0;
  const double brightness = mean(left) - mean(right);
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += std::fabs(left.samples[i] - right.samples[i] - brightness);
  return sum / static_cast<double>(count);
}

/// NaN when too few frames lie over each other to tell.
double difference_at(const std::vector<GreyImage8>& frames, const std::vector<GreyImage8>& others, int offset) {
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const auto other = static_cast<std::ptrdiff_t>(i) + offset;
    if (other < 0 || other >= static_cast<std::ptrdiff_t>(others.size())) continue;
    sum += difference(frames[i], others[static_cast<std::size_t>(other)]);
    ++count;
  }
  const std::size_t fewest = std::max<std::size_t>(3, std::min(frames.size(), others.size()) / 2);
  return count >= fewest ? sum / static_cast<double>(count) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

int find_frame_offset(const std::vector<GreyImage8>& frames, const std::vector<GreyImage8>& others, int farthest) {
  const double unmoved = difference_at(frames, others, 0);
  if (!std::isfinite(unmoved)) return 0;
  constexpr double kClearlyBetter = 0.6;
  constexpr double kLeastGain = 0.25;  // grey levels: below, it is noise
  int best = 0;
  double least = unmoved;
  for (int distance = 1; distance <= farthest; ++distance) {
    for (const int offset : {distance, -distance}) {
      const double here = difference_at(frames, others, offset);
      if (!(here < least)) continue;
      least = here;
      best = offset;
    }
  }
  return least < kClearlyBetter * unmoved && unmoved - least > kLeastGain ? best : 0;
}

}  // namespace reelface
