// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

namespace reelface {

/// The cheapest pairing of rows and columns: for each row its column, or nothing where staying alone is cheaper.
/// `costs` is row by row; a pair dearer than `cost_alone` is never made.
std::vector<std::optional<std::size_t>> assign(const std::vector<double>& costs, std::size_t rows, std::size_t columns,
                                               double cost_alone);

}  // namespace reelface
