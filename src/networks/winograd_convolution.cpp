// SPDX-License-Identifier: Apache-2.0
#include "networks/winograd_convolution.h"

#include <ATen/Parallel.h>

#include <algorithm>

#include "inference/kernels/winograd_kernels.h"

namespace reelface {
namespace {

// Transformed weights are four times the size of plain ones. Those of all but small layers are made anew at each call:
// for 512 channels that costs a tenth of the convolution of 64x64 pixels, for 128 nothing that can be measured, and a
// GFPGAN stays as large in memory as in its file.
constexpr std::size_t kMostNumbersToKeep = std::size_t{kWinogradPlaces} * 64 * 64;
constexpr std::int64_t kLeastSide = 16;
constexpr std::int64_t kLeastChannels = 16;

at::Tensor numbers(std::size_t count) {
  return at::empty({static_cast<std::int64_t>(count)}, at::kFloat);
}

void transform(const at::Tensor& packed, int in_channels, int out_channels, at::Tensor& transformed) {
  const WinogradKernels& kernels = winograd_kernels();
  at::parallel_for(0, out_channels / kOutputBlock, 1, [&](std::int64_t first, std::int64_t end) {
    kernels.transform_weights(packed.data_ptr<float>(), in_channels, out_channels, static_cast<int>(first),
                              static_cast<int>(end), transformed.data_ptr<float>());
  });
}

}  // namespace

bool WinogradConvolution::suits(std::int64_t out_channels, std::int64_t in_channels, std::int64_t height,
                                std::int64_t width) {
  return out_channels % kOutputBlock == 0 && in_channels % 4 == 0 && in_channels >= kLeastChannels &&
         height >= kLeastSide && width >= kLeastSide;
}

WinogradConvolution::WinogradConvolution(const at::Tensor& weight, const at::Tensor& bias, float negative_slope)
    : in_channels_(static_cast<int>(weight.size(1))),
      out_channels_(static_cast<int>(weight.size(0))),
      negative_slope_(negative_slope),
      keeps_transformed_(winograd_weight_count(in_channels_, out_channels_) <= kMostNumbersToKeep),
      bias_(bias.defined() ? bias.contiguous() : at::zeros({out_channels_}, at::kFloat)) {
  const at::Tensor plain = weight.contiguous();
  weights_ = numbers(static_cast<std::size_t>(plain.numel()));
  pack_weights(plain.data_ptr<float>(), in_channels_, out_channels_, weights_.data_ptr<float>());
  if (keeps_transformed_) weights_ = transformed();
}

at::Tensor WinogradConvolution::transformed() const {
  at::Tensor result = numbers(winograd_weight_count(in_channels_, out_channels_));
  transform(weights_, in_channels_, out_channels_, result);
  return result;
}

at::Tensor WinogradConvolution::operator()(const at::Tensor& input, const at::Tensor& addend) const {
  const at::Tensor from = input.contiguous(at::MemoryFormat::ChannelsLast);
  const at::Tensor more = addend.defined() ? addend.contiguous(at::MemoryFormat::ChannelsLast) : addend;
  const at::Tensor weights = keeps_transformed_ ? weights_ : transformed();
  at::Tensor output = at::empty({from.size(0), out_channels_, from.size(2), from.size(3)},
                                from.options().memory_format(at::MemoryFormat::ChannelsLast));
  WinogradTask task;
  task.input = from.data_ptr<float>();
  task.weights = weights.data_ptr<float>();
  task.bias = bias_.data_ptr<float>();
  task.addend = more.defined() ? more.data_ptr<float>() : nullptr;
  task.output = output.data_ptr<float>();
  task.height = static_cast<int>(from.size(2));
  task.width = static_cast<int>(from.size(3));
  task.in_channels = in_channels_;
  task.out_channels = out_channels_;
  task.negative_slope = negative_slope_;
  const std::int64_t tiles = from.size(0) * task.tiles_of_picture();
  const auto convolve = winograd_kernels().convolve;
  at::parallel_for(0, tiles, kWinogradMostTiles, [&](std::int64_t first, std::int64_t end) {
    at::Tensor scratch = numbers(winograd_scratch_count(in_channels_, out_channels_));
    for (std::int64_t tile = first; tile < end; tile += kWinogradMostTiles) {
      const int count = static_cast<int>(std::min<std::int64_t>(kWinogradMostTiles, end - tile));
      convolve(task, tile, count, scratch.data_ptr<float>());
    }
  });
  return output;
}

}  // namespace reelface
