// SPDX-License-Identifier: Apache-2.0
#include "people/identity_expectation.h"

#include <algorithm>
#include <cmath>

#include "core/smooth_step.h"

namespace reelface {
namespace {

#include "identity_table.inl"

/// From here on two descriptions say nothing about each other.
constexpr double kStranger = 0.6;

/// Up to here nobody is to be recognized.
constexpr double kNobodyPx = 16;

/// Where a value lies between the knots: the one below, and how far on the way to the next.
struct Place {
  std::size_t below;
  double share;
};

template <std::size_t Count>
Place place_between(const double (&knots)[Count], double value, bool in_octaves) {
  const double clamped = std::clamp(value, knots[0], knots[Count - 1]);
  std::size_t below = 0;
  while (below + 2 < Count && knots[below + 1] <= clamped) ++below;
  const auto scaled = [&](double number) { return in_octaves ? std::log2(number) : number; };
  const double from = scaled(knots[below]), to = scaled(knots[below + 1]);
  return {below, (scaled(clamped) - from) / (to - from)};
}

template <std::size_t Rows, std::size_t Columns>
double read_table(const double (&table)[Rows][Columns], double size_px, double sharpness) {
  const Place row = place_between(kTableSizes, size_px, true);
  const Place column = place_between(kTableSharpness, sharpness, false);
  const auto at = [&](std::size_t across) {
    return table[row.below][across] * (1 - row.share) + table[row.below + 1][across] * row.share;
  };
  return at(column.below) * (1 - column.share) + at(column.below + 1) * column.share;
}

}  // namespace

double expected_identity_shift(double size_px, double sharpness) {
  return read_table(kTableShift, size_px, sharpness);
}

double expected_identity_unblur(double size_px, double sharpness) {
  return read_table(kTableUnblur, size_px, sharpness);
}

double description_confidence(double size_px, double sharpness) {
  const double told = std::clamp(1 - expected_identity_shift(size_px, sharpness) / kStranger, 0.02, 1.0);
  return told * smooth_step(kNobodyPx, kTableSizes[0], size_px);
}

}  // namespace reelface
