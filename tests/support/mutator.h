// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <random>
#include <string>

namespace reelface::testing {

/// Damages `bytes` in one to four places: flipped bits, bytes replaced, cut off, inserted, removed, doubled, a part of
/// `other` spliced in, or a number replaced by one at the edge of its range. The same generator state, the same damage.
std::string mutated(const std::string& bytes, const std::string& other, std::mt19937_64& random);

}  // namespace reelface::testing
