// SPDX-License-Identifier: Apache-2.0
#include "inference/detector/yunet_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace reelface {
namespace {

std::vector<float> random_numbers(std::size_t count, unsigned seed) {
  std::mt19937 generator(seed);
  std::vector<float> numbers(count);
  for (float& number : numbers) number = static_cast<float>(generator() % 2001) / 1000.0F - 1.0F;
  return numbers;
}

/// The kernels of every instruction set that this processor has.
std::vector<std::pair<std::string, const YunetKernels*>> available_kernels() {
  std::vector<std::pair<std::string, const YunetKernels*>> list = {{"baseline", yunet_kernels_baseline()}};
#if defined(__x86_64__)
  if (yunet_kernels_avx2() && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    list.push_back({"avx2", yunet_kernels_avx2()});
  }
  if (yunet_kernels_avx512() && __builtin_cpu_supports("avx512f")) list.push_back({"avx512", yunet_kernels_avx512()});
#endif
  return list;
}

void expect_near(const std::vector<float>& expected, const std::vector<float>& actual) {
  ASSERT_EQ(expected.size(), actual.size());
  for (std::size_t i = 0; i < expected.size(); ++i) ASSERT_NEAR(expected[i], actual[i], 2e-5) << "at " << i;
}

TEST(YunetKernels, PointwiseAgreesWithPlainLoops) {
  for (const auto& [name, kernels] : available_kernels()) {
    for (const std::size_t out : {16U, 64U}) {
      for (const std::size_t pixels : {1U, 5U, 6U, 13U, 31U}) {
        SCOPED_TRACE(name + ", " + std::to_string(out) + " channels, " + std::to_string(pixels) + " pixels");
        constexpr std::size_t kIn = 19;
        const auto input = random_numbers(pixels * kIn, 1);
        const auto weights = random_numbers(kIn * out, 2);
        const auto bias = random_numbers(out, 3);
        std::vector<float> expected(pixels * out);
        for (std::size_t p = 0; p < pixels; ++p) {
          for (std::size_t o = 0; o < out; ++o) {
            double sum = bias[o];
            for (std::size_t i = 0; i < kIn; ++i) sum += double{input[p * kIn + i]} * weights[i * out + o];
            expected[p * out + o] = static_cast<float>(sum);
          }
        }
        std::vector<float> actual(expected.size(), 99);
        kernels->pointwise(input.data(), static_cast<std::ptrdiff_t>(pixels), kIn, weights.data(), bias.data(),
                           static_cast<int>(out), actual.data());
        expect_near(expected, actual);
      }
    }
  }
}

TEST(YunetKernels, DepthwiseAgreesWithPlainLoops) {
  for (const auto& [name, kernels] : available_kernels()) {
    for (const bool relu : {false, true}) {
      SCOPED_TRACE(name + (relu ? " with relu" : ""));
      constexpr std::size_t kChannels = 32, kPixels = 7;
      const auto rows = random_numbers(3 * (kPixels + 2) * kChannels, 4);
      const auto weights = random_numbers(9 * kChannels, 5);
      const auto bias = random_numbers(kChannels, 6);
      std::vector<float> expected(kPixels * kChannels);
      for (std::size_t p = 0; p < kPixels; ++p) {
        for (std::size_t c = 0; c < kChannels; ++c) {
          double sum = bias[c];
          for (std::size_t tap = 0; tap < 9; ++tap) {
            sum +=
                double{rows[((tap / 3) * (kPixels + 2) + p + tap % 3) * kChannels + c]} * weights[tap * kChannels + c];
          }
          expected[p * kChannels + c] = static_cast<float>(relu ? std::max(0.0, sum) : sum);
        }
      }
      const float* row[3] = {rows.data(), rows.data() + (kPixels + 2) * kChannels,
                             rows.data() + 2 * (kPixels + 2) * kChannels};
      std::vector<float> actual(expected.size(), 99);
      kernels->depthwise_row(row, kPixels, kChannels, weights.data(), bias.data(), relu, actual.data());
      expect_near(expected, actual);
    }
  }
}

TEST(YunetKernels, FirstRowAgreesWithPlainLoops) {
  for (const auto& [name, kernels] : available_kernels()) {
    SCOPED_TRACE(name);
    constexpr std::size_t kPixels = 11, kRow = (2 * kPixels + 2) * 3;
    const auto rows = random_numbers(3 * kRow, 7);
    const auto weights = random_numbers(std::size_t{27} * 16, 8);
    const auto bias = random_numbers(16, 9);
    std::vector<float> expected(kPixels * 16);
    for (std::size_t p = 0; p < kPixels; ++p) {
      for (std::size_t o = 0; o < 16; ++o) {
        double sum = bias[o];
        for (std::size_t tap = 0; tap < 27; ++tap)
          sum += double{rows[(tap / 9) * kRow + 6 * p + tap % 9]} * weights[tap * 16 + o];
        expected[p * 16 + o] = static_cast<float>(std::max(0.0, sum));
      }
    }
    const float* row[3] = {rows.data(), rows.data() + kRow, rows.data() + 2 * kRow};
    std::vector<float> actual(expected.size(), 99);
    kernels->first_row(row, kPixels, weights.data(), bias.data(), actual.data());
    expect_near(expected, actual);
  }
}

}  // namespace
}  // namespace reelface
