// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/gfpgan_restorer.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "networks/engine/guarded_call.h"
#include "networks/engine/placement_name.h"

namespace reelface {
namespace {

/// Checked against every tensor before anything is allocated.
GfpganShape checked_shape(const Checkpoint& checkpoint) {
  GfpganShape shape = infer_gfpgan_shape(checkpoint);
  check_tensors(checkpoint, expected_gfpgan_tensors(shape));
  return shape;
}

void copy_rows(const RgbViewF& crop, float* to) {
  const std::ptrdiff_t length = std::ptrdiff_t{3} * crop.width;
  for (int y = 0; y < crop.height; ++y) {
    const float* from = crop.samples + y * crop.row_stride;
    to = std::copy(from, from + length, to);
  }
}

/// From pictures [n, h, w, 3] of 0..1 to what the network paints, of -1..1; both float32.
at::Tensor painted(const GfpganNetwork& network, const at::Tensor& pictures, at::ScalarType type) {
  const at::Tensor input = pictures.mul(2).sub_(1).permute({0, 3, 1, 2}).to(type);
  return network.restore(input).permute({0, 2, 3, 1}).contiguous();
}

/// From the network's -1..1 to 0..1. What is no number stays none: clamped, infinities would be white and black, and
/// nobody could tell any more that there is no picture.
float sample_of(float value) {
  return std::isfinite(value) ? (std::clamp(value, -1.0F, 1.0F) + 1) / 2 : value;
}

}  // namespace

GfpganRestorer::GfpganRestorer(const Checkpoint& checkpoint, const Placement& placement)
    : GfpganRestorer(checked_shape(checkpoint), checkpoint, placement) {}

GfpganRestorer::GfpganRestorer(const GfpganShape& shape, const Checkpoint& checkpoint, const Placement& placement)
    : GfpganRestorer(shape, placement, guarded_call([&] {
                       return std::make_shared<const GfpganNetwork>(checkpoint, shape, placement);
                     })) {}

GfpganRestorer::GfpganRestorer(const GfpganShape& shape, const Placement& placement,
                               std::shared_ptr<const GfpganNetwork> network)
    : shape_(shape),
      placement_(placement),
      network_(std::move(network)),
      lane_(placement.device),
      run_([this](const at::Tensor& pictures) { return painted(*network_, pictures, placement_.type); }) {}

std::unique_ptr<CropNetwork> GfpganRestorer::another_lane() const {
  return std::unique_ptr<CropNetwork>(new GfpganRestorer(shape_, placement_, network_));
}

std::string GfpganRestorer::description() const {
  return "GFPGAN, crops of " + std::to_string(shape_.out_size) + " px, " + placement_name(placement_);
}

std::int64_t GfpganRestorer::bytes_per_crop() const {
  // At the full size: what the U-Net remembers and the decoder paints, before and after a convolution, and the
  // conditions.
  const std::int64_t pixels = std::int64_t{shape_.out_size} * shape_.out_size;
  const int channels = 3 * shape_.unet_channels.at(shape_.out_size) + 6 * shape_.decoder_channels.at(shape_.out_size);
  return pixels * channels * static_cast<std::int64_t>(c10::elementSize(placement_.type));
}

std::int64_t GfpganRestorer::largest_tensor_of_crop() const {
  std::int64_t largest = 0;
  for (const auto* channels : {&shape_.unet_channels, &shape_.decoder_channels}) {
    int smaller_picture = 0;  // whose features are enlarged before they become fewer
    for (const auto& [side, count] : *channels) {
      largest = std::max(largest, std::int64_t{side} * side * std::max(count, smaller_picture));
      smaller_picture = count;
    }
  }
  return largest;
}

void GfpganRestorer::restore(const CropWindow* windows, int count, RgbImageF* restored) const {
  const std::int64_t size = shape_.out_size;
  const auto work = [&] {
    const at::Tensor room = lane_.room({count, size, size, 3});
    for (int i = 0; i < count; ++i) copy_rows(windows[i].front(), room.data_ptr<float>() + i * room.stride(0));
    const at::Tensor output = lane_.downloaded(run_(lane_.uploaded(room)));
    for (int i = 0; i < count; ++i) {
      const float* from = output.data_ptr<float>() + i * output.stride(0);
      std::transform(from, from + output.stride(0), restored[i].samples.begin(), sample_of);
    }
  };
  guarded_call([&] { lane_.run(work); });
}

}  // namespace reelface
