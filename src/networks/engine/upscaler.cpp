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
      run_([this](const at::Tensor& input) { return network_.run(input).front(); }) {}

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

at::Tensor Upscaler::input_of(const CropWindow* windows, int count) const {
  const int side = shape_.block_side, channels = kColours * side * side;
  const std::int64_t height = windows[0].front().height / side, width = windows[0].front().width / side;
  at::Tensor input = at::empty({count, height, width, channels}, at::kFloat);
  for (int i = 0; i < count; ++i) {
    float* blocks = input.data_ptr<float>() + i * input.stride(0);
    for (int row = 0; row < height; ++row)
      take_blocks(windows[i].front(), side, row, channels, blocks + row * width * channels);
  }
  return input.permute({0, 3, 1, 2}).to(placement_.device, placement_.type);
}

void Upscaler::enlarge(const CropWindow* windows, int count, BothSizes* results) const {
  guarded_call([&] {
    const at::Tensor output =
        run_(input_of(windows, count)).to(at::kCPU, at::kFloat).contiguous(at::MemoryFormat::ChannelsLast);
    const auto channels = static_cast<int>(output.size(1));
    const std::int64_t width = output.size(3);
    for (int i = 0; i < count; ++i) {
      const RgbViewF& picture = windows[i].front();
      const float* numbers = output.data_ptr<float>() + i * output.stride(0);
      results[i].enlarged = RgbImageF(shape_.scale * picture.width, shape_.scale * picture.height);
      for (int row = 0; row < output.size(2); ++row)
        put_enlarged_row(shape_, picture, row, numbers + row * width * channels, channels, results[i].enlarged);
    }
  });
}

}  // namespace reelface
