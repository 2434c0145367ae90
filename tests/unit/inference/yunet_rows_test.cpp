// SPDX-License-Identifier: Apache-2.0
#include "inference/detector/yunet_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "support/place_in_rows.h"

namespace reelface {
namespace {

class YunetRows : public ::testing::Test {
 protected:
  std::vector<float> noise(std::size_t count) {
    std::uniform_real_distribution<float> shade(-1, 1);
    std::vector<float> values(count);
    for (float& value : values) value = shade(generator_);
    return values;
  }
  YunetUnit unit(int in, int out, bool relu) {
    const auto ins = static_cast<std::size_t>(in), outs = static_cast<std::size_t>(out);
    return {in, out, relu, noise(ins * outs), noise(outs), noise(9 * outs), noise(outs)};
  }
  YunetMap map(int columns, int rows, int channels) {
    YunetMap result(columns, rows, channels);
    const std::vector<float> values = noise(result.row_length() * static_cast<std::size_t>(rows));
    std::copy(values.begin(), values.end(), result.values.get());
    return result;
  }

 private:
  std::mt19937 generator_{7};
};

float at(const YunetMap& map, int x, int y, int channel) {
  if (x < 0 || y < 0 || x >= map.columns || y >= map.rows) return 0;
  return map.row(y)[x * map.channels + channel];
}

/// As the definition says, a sample at a time.
YunetMap plainly(const YunetUnit& unit, const YunetMap& input) {
  YunetMap mixed(input.columns, input.rows, unit.out_channels), output(input.columns, input.rows, unit.out_channels);
  const auto each = [&](auto&& sample_of, YunetMap& to) {
    for (int y = 0; y < to.rows; ++y)
      for (int x = 0; x < to.columns; ++x)
        for (int c = 0; c < to.channels; ++c) to.row(y)[x * to.channels + c] = sample_of(x, y, c);
  };
  each(
      [&](int x, int y, int c) {
        double sum = unit.pointwise_bias[static_cast<std::size_t>(c)];
        for (int in = 0; in < input.channels; ++in)
          sum += static_cast<double>(at(input, x, y, in)) *
                 unit.pointwise[testing::place_in_rows(c, in, unit.out_channels)];
        return static_cast<float>(sum);
      },
      mixed);
  each(
      [&](int x, int y, int c) {
        double sum = unit.depthwise_bias[static_cast<std::size_t>(c)];
        for (int tap = 0; tap < 9; ++tap)
          sum += static_cast<double>(at(mixed, x + tap % 3 - 1, y + tap / 3 - 1, c)) *
                 unit.depthwise[testing::place_in_rows(c, tap, unit.out_channels)];
        return static_cast<float>(unit.relu ? std::max(0.0, sum) : sum);
      },
      output);
  return output;
}

void feed(YunetChain& chain, const YunetMap& input) {
  for (int y = 0; y < input.rows; ++y) chain.take(input.row(y));
  chain.end();
}

void expect_near(const YunetMap& map, const YunetMap& expected) {
  for (int y = 0; y < expected.rows; ++y) {
    for (std::size_t i = 0; i < expected.row_length(); ++i)
      ASSERT_NEAR(map.row(y)[i], expected.row(y)[i], 1e-3) << "row " << y << ", sample " << i;
  }
}

TEST_F(YunetRows, UnitsBehindEachOtherAreWhatTheyAreOneByOne) {
  const YunetUnit first = unit(16, 64, true), second = unit(64, 16, false);
  for (const int rows : {1, 2, 3, 7}) {
    for (const int columns : {1, 4, 13}) {
      const YunetMap input = map(columns, rows, 16);
      YunetMap between(columns, rows, 64), output(columns, rows, 16);
      YunetChain chain(columns, 16);
      chain.add(first);
      chain.keep(between);
      chain.add(second);
      chain.keep(output);
      feed(chain, input);
      expect_near(between, plainly(first, input));
      expect_near(output, plainly(second, plainly(first, input)));
    }
  }
}

TEST_F(YunetRows, HalvingTakesTheLargestOfFour) {
  const YunetMap input = map(8, 6, 16);
  YunetMap output(4, 3, 16);
  YunetChain chain(8, 16);
  chain.halve();
  chain.keep(output);
  feed(chain, input);
  for (int y = 0; y < 3; ++y)
    for (int x = 0; x < 4; ++x)
      for (int c = 0; c < 16; ++c)
        ASSERT_EQ(at(output, x, y, c), std::max({at(input, 2 * x, 2 * y, c), at(input, 2 * x + 1, 2 * y, c),
                                                 at(input, 2 * x, 2 * y + 1, c), at(input, 2 * x + 1, 2 * y + 1, c)}));
}

TEST_F(YunetRows, AChainOfNoRowsEnds) {
  const YunetUnit only = unit(16, 16, true);
  YunetMap output(3, 1, 16);
  output.row(0)[0] = 42;
  YunetChain chain(3, 16);
  chain.add(only);
  chain.keep(output);
  chain.end();
  EXPECT_EQ(output.row(0)[0], 42);
}

}  // namespace
}  // namespace reelface
