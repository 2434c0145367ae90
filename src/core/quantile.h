// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace reelface {

/// The number that is larger than this share, 0..1, of all. There must be at least one.
template <typename Number>
Number quantile(std::vector<Number> numbers, double share) {
  const auto place = numbers.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(numbers.size() - 1));
  std::nth_element(numbers.begin(), place, numbers.end());
  return *place;
}

}  // namespace reelface
