// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace reelface {

/// IEEE 754 binary16, as its bits. Rounds to nearest, ties to even; too large becomes infinity; NaN stays NaN.
/// From double, which holds every other type exactly, so that nothing is rounded twice.
std::uint16_t half_from_double(double value);

float float_from_half(std::uint16_t bits);
float float_from_bfloat16(std::uint16_t bits);

}  // namespace reelface
