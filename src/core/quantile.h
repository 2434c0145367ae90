#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace reelface {

/// Of at least one number the one that is larger than this share, 0..1, of them.
template <typename Number>
Number quantile(std::vector<Number> numbers, double share) {
  const auto place = numbers.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(numbers.size() - 1));
  std::nth_element(numbers.begin(), place, numbers.end());
  return *place;
}

}  // namespace reelface
