// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "reelface/image/frame.h"

namespace reelface {

/// Bytes of one row of a plane that hold samples.
std::size_t sample_bytes_of_row(const FrameFacts& facts, int plane);

/// Whether two frames show the same samples, and nothing else decides how they are restored either. Of formats whose
/// samples nobody can read: never. Different pictures cost next to nothing, as they seldom begin alike.
bool is_same_picture(const Frame& one, const Frame& other);

}  // namespace reelface
