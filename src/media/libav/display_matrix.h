// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "reelface/image/frame.h"

namespace reelface {

/// Reads a container's 3x3 display matrix (36 bytes, machine byte order). What is not a multiple of a quarter turn is
/// taken as the nearest one; a singular matrix or missing data as upright.
DisplayOrientation orientation_from_matrix(const std::uint8_t* data, std::size_t size);

constexpr std::size_t kDisplayMatrixBytes = 9 * sizeof(std::int32_t);

/// The other way round; `data` has room for kDisplayMatrixBytes.
void write_display_matrix(const DisplayOrientation& orientation, std::uint8_t* data);

}  // namespace reelface
