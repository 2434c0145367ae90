// SPDX-License-Identifier: Apache-2.0
#include "inference/kernels/row_kernels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <initializer_list>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "inference/kernels/output_block.h"

namespace reelface {
namespace {

using Values = std::vector<float>;

Values random_values(std::size_t count, unsigned seed) {
  std::mt19937 generator(seed);
  Values values(count);
  for (float& value : values) value = static_cast<float>(generator() % 2001) / 1000.0F - 1.0F;
  return values;
}

std::size_t product_of(std::initializer_list<int> numbers) {
  std::size_t result = 1;
  for (const int number : numbers) result *= static_cast<std::size_t>(number);
  return result;
}

/// The kernels of every instruction set that this processor has.
std::vector<std::pair<std::string, const RowKernels*>> available_kernels() {
  std::vector<std::pair<std::string, const RowKernels*>> list = {{"baseline", row_kernels_baseline()}};
#if defined(__x86_64__)
  if (row_kernels_avx2() && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    list.push_back({"avx2", row_kernels_avx2()});
  if (row_kernels_avx512() && __builtin_cpu_supports("avx512f")) list.push_back({"avx512", row_kernels_avx512()});
#endif
  return list;
}

/// A convolution of one row of `pixels` pixels. `empty` channels of the picture count for nothing.
struct Layer {
  int side, stride, pixels, in, empty, out;
  float negative_slope;

  int channels() const { return in + empty; }
  int width() const { return (pixels - 1) * stride + side; }
  int whole_out() const { return (out + kOutputBlock - 1) / kOutputBlock * kOutputBlock; }
};

const Layer kLayers[] = {{1, 1, 1, 4, 0, 16, 1},  {1, 1, 23, 48, 0, 32, 0.2F}, {2, 2, 13, 16, 0, 48, 1},
                         {3, 2, 17, 8, 8, 16, 0}, {7, 2, 29, 3, 0, 32, 0},     {3, 1, 5, 12, 4, 20, 0.2F}};

TEST(RowKernels, AgreeWithThePlainSum) {
  for (const auto& [name, kernels] : available_kernels()) {
    for (const Layer& layer : kLayers) {
      for (const bool adds : {false, true}) {
        SCOPED_TRACE(name + ", " + std::to_string(layer.side) + "x" + std::to_string(layer.side) + ", " +
                     std::to_string(layer.in) + " to " + std::to_string(layer.out));
        const int row = layer.width() * layer.channels(), taps = layer.side * layer.side;
        const Values picture = random_values(product_of({layer.side, row}), 1);
        const Values weights = random_values(product_of({layer.out, layer.in, taps}), 2);
        Values bias = random_values(static_cast<std::size_t>(layer.out), 3);
        bias.resize(static_cast<std::size_t>(layer.whole_out()));
        // Pixels of the output lie further apart than they have channels: what is between must not be touched.
        const int apart = layer.whole_out() + 5;
        const Values before = random_values(product_of({layer.pixels, apart}), 4);
        Values output = before;
        Values packed(product_of({taps, layer.channels(), layer.whole_out()}));
        pack_rows(weights.data(), layer.out, layer.in, layer.side, layer.channels(), packed.data());

        RowTask task;
        task.input = picture.data();
        task.next_pixel = std::ptrdiff_t{layer.stride} * layer.channels();
        task.next_row = row;
        task.rows = layer.side;
        task.run = layer.side * layer.channels();
        task.weights = packed.data();
        task.bias = bias.data();
        task.output = output.data();
        task.next_output = apart;
        task.out_channels = layer.whole_out();
        task.negative_slope = layer.negative_slope;
        task.adds = adds;
        kernels->convolve(task, layer.pixels);

        for (int pixel = 0; pixel < layer.pixels; ++pixel) {
          for (int out = 0; out < apart; ++out) {
            const auto place = product_of({pixel, apart}) + static_cast<std::size_t>(out);
            if (out >= layer.whole_out()) {
              ASSERT_EQ(output[place], before[place]) << "between pixels";
              continue;
            }
            double sum = out < layer.out ? bias[static_cast<std::size_t>(out)] : 0, magnitude = 1;
            for (int tap = 0; out < layer.out && tap < taps; ++tap) {
              const std::size_t from = product_of({tap / layer.side, row}) +
                                       product_of({pixel * layer.stride + tap % layer.side, layer.channels()});
              for (int in = 0; in < layer.in; ++in) {
                const double product = double{picture[from + static_cast<std::size_t>(in)]} *
                                       weights[product_of({out * layer.in + in, taps}) + static_cast<std::size_t>(tap)];
                sum += product;
                magnitude += std::abs(product);
              }
            }
            const double expected = (sum < 0 ? sum * layer.negative_slope : sum) + (adds ? before[place] : 0.0F);
            ASSERT_NEAR(expected, output[place], 1e-6 * magnitude) << "at " << pixel << ", " << out;
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace reelface
