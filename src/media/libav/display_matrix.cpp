// SPDX-License-Identifier: Apache-2.0
#include "media/libav/display_matrix.h"

#include <array>
#include <cmath>
#include <cstring>

namespace reelface {

DisplayOrientation orientation_from_matrix(const std::uint8_t* data, std::size_t size) {
  std::array<std::int32_t, 9> matrix{};
  if (!data || size < sizeof matrix) return {};
  std::memcpy(matrix.data(), data, sizeof matrix);
  // A stored point (x, y), y downwards, is shown at (a x + c y, b x + d y).
  const double a = matrix[0];
  const double b = matrix[1];
  const double c = matrix[3];
  const double d = matrix[4];
  const double determinant = a * d - b * c;
  if (determinant == 0) return {};
  DisplayOrientation orientation;
  orientation.mirrored = determinant < 0;
  // Where the x axis ends up gives the clockwise angle; mirroring first has turned that axis round.
  const double sign = orientation.mirrored ? -1 : 1;
  const double quarter_turns = std::atan2(sign * b, sign * a) / std::acos(0.0);
  orientation.quarter_turns_clockwise = (static_cast<int>(std::lround(quarter_turns)) + 4) % 4;
  return orientation;
}

void write_display_matrix(const DisplayOrientation& orientation, std::uint8_t* data) {
  constexpr std::int32_t kOne = 1 << 16, kWhole = 1 << 30;
  constexpr std::array<std::int32_t, 4> kCosines = {kOne, 0, -kOne, 0}, kSines = {0, kOne, 0, -kOne};
  const auto turns = static_cast<std::size_t>(orientation.quarter_turns_clockwise & 3);
  const std::int32_t sign = orientation.mirrored ? -1 : 1;
  const std::array<std::int32_t, 9> matrix = {
      sign * kCosines[turns], sign * kSines[turns], 0, -kSines[turns], kCosines[turns], 0, 0, 0, kWhole};
  std::memcpy(data, matrix.data(), sizeof matrix);
}

}  // namespace reelface
