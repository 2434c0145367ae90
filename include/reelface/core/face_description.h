// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

namespace reelface {

/// 128 numbers that tell one person from another: the Euclidean distance of two pictures of one person is small.
using FaceDescription = std::array<float, 128>;

float distance_between(const FaceDescription& left, const FaceDescription& right);

}  // namespace reelface
