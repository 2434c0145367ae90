// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/upscaler.h"

#include "inference/layers/upscaler_layers.h"
#include "inference/native/upscaler_pixels.h"
#include "networks/engine/guarded_call.h"
#include "networks/engine/placement_name.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr int kUsualSide = 256;
constexpr int kColours = 3;

}  // namespace

Upscaler::Upscaler(const Checkpoint& checkpoint, const Placement& placement)
    : shape_(infer_upscaler_shape(checkpoint)),
      placement_(placement),
      network_(guarded_call([&] {
        const std::int64_t side = kUsualSide / shape_.block_side;
        return TorchNetwork(checkpoint, describe_upscaler(shape_), {side, side}, placement);
      })),
      lane_(placement.device),
      run_([this](const at::Tensor& blocks) { return numbers_of(blocks); }) {}

int Upscaler::crop_size() const {
  return kUsualSide;
}

std::string Upscaler::description() const {
  return upscaler_name(shape_) + ", " + placement_name(placement_);
}

std::int64_t Upscaler::bytes_per_crop() const {
  return bytes_of_maps(describe_upscaler(shape_), kUsualSide / shape_.block_side);
}

std::int64_t Upscaler::largest_tensor_of_crop() const {
  const int side = kUsualSide / shape_.block_side;
  return largest_map(describe_upscaler(shape_), side, side);
}

void Upscaler::restore(const CropWindow*, int, RgbImageF*) const {
  throw Error(ExitCode::kInternal, "a network that only enlarges was asked to restore");
}

/// Blocks of pixels and what they become, both [n, h, w, c] in float32.
at::Tensor Upscaler::numbers_of(const at::Tensor& blocks) const {
  const at::Tensor numbers = network_.run(blocks.permute({0, 3, 1, 2}).to(placement_.type)).front();
  return numbers.to(at::kFloat).permute({0, 2, 3, 1}).contiguous();
}

at::Tensor Upscaler::input_of(const CropWindow* windows, int count) const {
  const int side = shape_.block_side, channels = kColours * side * side;
  const std::int64_t height = windows[0].front().height / side, width = windows[0].front().width / side;
  const at::Tensor room = lane_.room({count, height, width, channels});
  for (int i = 0; i < count; ++i) {
    float* blocks = room.data_ptr<float>() + i * room.stride(0);
    for (int row = 0; row < height; ++row)
      take_blocks(windows[i].front(), side, row, channels, blocks + row * width * channels);
  }
  return lane_.uploaded(room);
}

void Upscaler::enlarge(const CropWindow* windows, int count, BothSizes* results) const {
  const auto work = [&] {
    const at::Tensor output = lane_.downloaded(run_(input_of(windows, count)));
    const auto channels = static_cast<int>(output.size(3));
    const std::int64_t width = output.size(2);
    for (int i = 0; i < count; ++i) {
      const RgbViewF& picture = windows[i].front();
      const float* numbers = output.data_ptr<float>() + i * output.stride(0);
      results[i].enlarged = RgbImageF(shape_.scale * picture.width, shape_.scale * picture.height);
      for (int row = 0; row < output.size(1); ++row)
        put_enlarged_row(shape_, picture, row, numbers + row * width * channels, channels, results[i].enlarged);
    }
  };
  guarded_call([&] { lane_.run(work); });
}

}  // namespace reelface
