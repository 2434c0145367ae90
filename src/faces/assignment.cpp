// SPDX-License-Identifier: Apache-2.0
#include "assignment.h"

#include <algorithm>
#include <limits>

namespace reelface {
namespace {

/// The Hungarian method with potentials: rows join one by one, each along a cheapest chain of changes.
class CheapestPairing {
 public:
  CheapestPairing(const std::vector<double>& costs, std::size_t rows, std::size_t columns, double cost_alone)
      : costs_(costs),
        columns_(columns),
        all_columns_(columns + rows),  // one more column per row stands for staying alone
        cost_alone_(cost_alone),
        row_price_(rows),
        column_price_(all_columns_),
        row_of_(all_columns_, kNone) {
    for (std::size_t row = 0; row < rows; ++row) join(row);
  }

  const std::vector<std::size_t>& row_of_columns() const { return row_of_; }

  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

 private:
  double cost(std::size_t row, std::size_t column) const {
    return column < columns_ ? costs_[row * columns_ + column] : cost_alone_;
  }

  void join(std::size_t new_row) {
    std::vector<double> distance(all_columns_, std::numeric_limits<double>::infinity());
    std::vector<std::size_t> reached_from(all_columns_, kNone);
    std::vector<bool> settled(all_columns_, false);
    std::vector<std::size_t> order;  // settled columns
    std::size_t row = new_row, last_column = kNone;
    double so_far = 0;
    while (true) {
      std::size_t nearest = kNone;
      for (std::size_t column = 0; column < all_columns_; ++column) {
        if (settled[column]) continue;
        const double reduced = so_far + cost(row, column) - row_price_[row] - column_price_[column];
        if (reduced < distance[column]) {
          distance[column] = reduced;
          reached_from[column] = last_column;
        }
        if (nearest == kNone || distance[column] < distance[nearest]) nearest = column;
      }
      so_far = distance[nearest];
      if (row_of_[nearest] == kNone) {
        raise_prices(new_row, order, distance, so_far);
        take(nearest, new_row, reached_from);
        return;
      }
      settled[nearest] = true;
      order.push_back(nearest);
      last_column = nearest;
      row = row_of_[nearest];
    }
  }

  void raise_prices(std::size_t new_row, const std::vector<std::size_t>& settled, const std::vector<double>& distance,
                    double shortest) {
    row_price_[new_row] += shortest;
    for (const std::size_t column : settled) {
      row_price_[row_of_[column]] += shortest - distance[column];
      column_price_[column] -= shortest - distance[column];
    }
  }

  void take(std::size_t column, std::size_t new_row, const std::vector<std::size_t>& reached_from) {
    while (reached_from[column] != kNone) {
      row_of_[column] = row_of_[reached_from[column]];
      column = reached_from[column];
    }
    row_of_[column] = new_row;
  }

  const std::vector<double>& costs_;
  std::size_t columns_, all_columns_;
  double cost_alone_;
  std::vector<double> row_price_, column_price_;
  std::vector<std::size_t> row_of_;
};

}  // namespace

std::vector<std::optional<std::size_t>> assign(const std::vector<double>& costs, std::size_t rows, std::size_t columns,
                                               double cost_alone) {
  std::vector<std::optional<std::size_t>> column_of(rows);
  const CheapestPairing pairing(costs, rows, columns, cost_alone);
  for (std::size_t column = 0; column < columns; ++column) {
    const std::size_t row = pairing.row_of_columns()[column];
    if (row != CheapestPairing::kNone && costs[row * columns + column] <= cost_alone) column_of[row] = column;
  }
  return column_of;
}

}  // namespace reelface
