// SPDX-License-Identifier: Apache-2.0
#include "inference/kernels/winograd_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "support/place_in_rows.h"

namespace reelface {
namespace {

using Numbers = std::vector<float>;

Numbers random_numbers(std::size_t count, unsigned seed) {
  std::mt19937 generator(seed);
  Numbers numbers(count);
  for (float& number : numbers) number = static_cast<float>(generator() % 2001) / 1000.0F - 1.0F;
  return numbers;
}

/// The kernels of every instruction set that this processor has.
std::vector<std::pair<std::string, const WinogradKernels*>> available_kernels() {
  std::vector<std::pair<std::string, const WinogradKernels*>> list = {{"baseline", winograd_kernels_baseline()}};
#if defined(__x86_64__)
  if (winograd_kernels_avx2() && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    list.push_back({"avx2", winograd_kernels_avx2()});
  if (winograd_kernels_avx512() && __builtin_cpu_supports("avx512f"))
    list.push_back({"avx512", winograd_kernels_avx512()});
#endif
  return list;
}

struct Layer {
  int pictures, height, width, in, out;
  float negative_slope;

  std::size_t inputs() const { return std::size_t(pictures) * height * width * in; }
  std::size_t outputs() const { return std::size_t(pictures) * height * width * out; }
};

struct LayerData {
  explicit LayerData(const Layer& layer)
      : input(random_numbers(layer.inputs(), 1)),
        weights(random_numbers(std::size_t(layer.in) * layer.out * 9, 2)),
        bias(random_numbers(std::size_t(layer.out), 3)),
        addend(random_numbers(layer.outputs(), 4)) {}
  Numbers input, weights, bias, addend;
};

struct PlainResult {
  float value;
  double magnitude;  ///< sum of the products without their signs: what rounding errors are measured by
};

PlainResult plain_result(const Layer& layer, const LayerData& data, int picture, int y, int x, int out) {
  double sum = data.bias[out], magnitude = 1;
  for (int row = std::max(0, y - 1); row < std::min(layer.height, y + 2); ++row) {
    for (int column = std::max(0, x - 1); column < std::min(layer.width, x + 2); ++column) {
      const std::size_t pixel = (std::size_t(picture) * layer.height + row) * layer.width + column;
      for (int in = 0; in < layer.in; ++in) {
        const std::size_t filter = 9 * (std::size_t(out) * layer.in + in);
        const double product = double{data.input[pixel * layer.in + in]} *
                               data.weights[filter + testing::place_in_rows(column - x + 1, row - y + 1, 3)];
        sum += product;
        magnitude += std::abs(product);
      }
    }
  }
  return {static_cast<float>(sum < 0 ? sum * layer.negative_slope : sum), magnitude};
}

Numbers convolved(const WinogradKernels& kernels, const Layer& layer, const LayerData& data, bool adds,
                  int tiles_at_once) {
  Numbers packed(data.weights.size()), transformed(winograd_weight_count(layer.in, layer.out));
  pack_weights(data.weights.data(), layer.in, layer.out, packed.data());
  for (int block = 0; block < layer.out / kOutputBlock; ++block)
    kernels.transform_weights(packed.data(), layer.in, layer.out, block, block + 1, transformed.data());
  Numbers output(layer.outputs(), 99);
  WinogradTask task;
  task.input = data.input.data();
  task.weights = transformed.data();
  task.bias = data.bias.data();
  task.addend = adds ? data.addend.data() : nullptr;
  task.output = output.data();
  task.height = layer.height;
  task.width = layer.width;
  task.in_channels = layer.in;
  task.out_channels = layer.out;
  task.negative_slope = layer.negative_slope;
  Numbers scratch(winograd_scratch_count(layer.in, layer.out));
  const int tiles = layer.pictures * task.tiles_of_picture();
  for (int first = 0; first < tiles; first += tiles_at_once)
    kernels.convolve(task, first, std::min(tiles_at_once, tiles - first), scratch.data());
  return output;
}

const Layer kLayers[] = {{1, 16, 16, 16, 16, 1}, {1, 13, 18, 32, 32, 0.2F}, {2, 9, 31, 60, 48, 0},
                         {1, 1, 1, 4, 16, 1},    {3, 7, 5, 20, 64, 0.2F},   {1, 17, 40, 64, 32, 1},
                         {1, 9, 14, 64, 80, 1},  {1, 6, 10, 128, 96, 0}};

TEST(WinogradKernels, AgreeWithThePlainSum) {
  for (const auto& [name, kernels] : available_kernels()) {
    for (const Layer& layer : kLayers) {
      SCOPED_TRACE(name + ", " + std::to_string(layer.in) + " to " + std::to_string(layer.out) + " channels");
      const LayerData data(layer);
      for (const bool adds : {false, true}) {
        const Numbers output = convolved(*kernels, layer, data, adds, kWinogradMostTiles);
        std::size_t at = 0;
        for (int picture = 0; picture < layer.pictures; ++picture) {
          for (int y = 0; y < layer.height; ++y) {
            for (int x = 0; x < layer.width; ++x) {
              for (int out = 0; out < layer.out; ++out, ++at) {
                const float more = adds ? data.addend[at] : 0;
                const PlainResult expected = plain_result(layer, data, picture, y, x, out);
                ASSERT_NEAR(expected.value + more, output[at], 1e-6 * expected.magnitude)
                    << "at " << y << ", " << x << ", " << out;
              }
            }
          }
        }
      }
    }
  }
}

TEST(WinogradKernels, GiveATileTheSameBytesInAnyCompany) {
  for (const auto& [name, kernels] : available_kernels()) {
    SCOPED_TRACE(name);
    const Layer layer = {2, 22, 35, 32, 32, 0.2F};
    const LayerData data(layer);
    const Numbers expected = convolved(*kernels, layer, data, true, kWinogradMostTiles);
    for (const int tiles_at_once : {1, 2, 5, 13, 31})
      EXPECT_EQ(expected, convolved(*kernels, layer, data, true, tiles_at_once)) << tiles_at_once << " at once";
  }
}

}  // namespace
}  // namespace reelface
