// SPDX-License-Identifier: Apache-2.0
#include "faces/assignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace reelface {
namespace {

using Columns = std::vector<std::optional<std::size_t>>;

double cost_of(const Columns& columns, const std::vector<double>& costs, std::size_t width, double alone) {
  double sum = 0;
  for (std::size_t row = 0; row < columns.size(); ++row)
    sum += columns[row] ? costs[row * width + *columns[row]] : alone;
  return sum;
}

/// By trying everything.
double cheapest(const std::vector<double>& costs, std::size_t rows, std::size_t columns, double alone, std::size_t row,
                std::vector<bool>& used) {
  if (row == rows) return 0;
  double best = alone + cheapest(costs, rows, columns, alone, row + 1, used);
  for (std::size_t column = 0; column < columns; ++column) {
    if (used[column]) continue;
    used[column] = true;
    best = std::min(best, costs[row * columns + column] + cheapest(costs, rows, columns, alone, row + 1, used));
    used[column] = false;
  }
  return best;
}

TEST(Assignment, IsTheCheapestOfAll) {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> cost(0, 4);
  for (int round = 0; round < 300; ++round) {
    const std::size_t rows = random() % 5, columns = random() % 5;
    std::vector<double> costs(rows * columns);
    for (double& value : costs) value = cost(random);
    const Columns found = assign(costs, rows, columns, 2.0);
    std::vector<bool> used(columns, false);
    EXPECT_NEAR(cost_of(found, costs, columns, 2.0), cheapest(costs, rows, columns, 2.0, 0, used), 1e-9);
    std::vector<std::size_t> taken;
    for (const auto& column : found)
      if (column) taken.push_back(*column);
    std::sort(taken.begin(), taken.end());
    EXPECT_EQ(std::adjacent_find(taken.begin(), taken.end()), taken.end());
  }
}

TEST(Assignment, PrefersStayingAloneToADearPair) {
  EXPECT_EQ(assign({5.0}, 1, 1, 2.0), (Columns{std::nullopt}));
  EXPECT_EQ(assign({1.0}, 1, 1, 2.0), (Columns{0}));
  EXPECT_EQ(assign({}, 2, 0, 2.0), (Columns{std::nullopt, std::nullopt}));
  EXPECT_TRUE(assign({}, 0, 3, 2.0).empty());
}

TEST(Assignment, GivesWayForTheCommonGood) {
  // Each row alone would take the first column.
  EXPECT_EQ(assign({0.1, 0.2, 0.1, 1.9}, 2, 2, 2.0), (Columns{1, 0}));
}

}  // namespace
}  // namespace reelface
