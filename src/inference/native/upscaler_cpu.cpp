// SPDX-License-Identifier: Apache-2.0
#include "inference/native/upscaler_cpu.h"

#include <new>
#include <utility>

#include "core/instruction_set.h"
#include "inference/layers/upscaler_layers.h"
#include "inference/native/upscaler_pixels.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr int kUsualSide = 256;

}  // namespace

UpscalerCpu::UpscalerCpu(const Checkpoint& checkpoint)
    : shape_(infer_upscaler_shape(checkpoint)),
      description_(describe_upscaler(shape_)),
      network_(checkpoint, description_, kUsualSide / shape_.block_side, kUsualSide / shape_.block_side) {}

int UpscalerCpu::crop_size() const {
  return kUsualSide;
}

std::string UpscalerCpu::description() const {
  return upscaler_name(shape_) + ", fp32 on cpu (" + instruction_set_name() + ")";
}

std::int64_t UpscalerCpu::bytes_per_crop() const {
  return bytes_of_maps(description_, kUsualSide / shape_.block_side);
}

NetworkCpu::Workspace UpscalerCpu::borrow(int height, int width) const {
  {
    const std::lock_guard lock(mutex_);
    while (!idle_.empty()) {
      Workspace workspace = std::move(idle_.back());
      idle_.pop_back();
      const FeatureMap& input = workspace.maps.front();
      if (input.height == height && input.width == width) return workspace;
    }
  }
  return network_.make_workspace(height, width);
}

void UpscalerCpu::give_back(Workspace workspace) const {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(workspace));
}

void UpscalerCpu::restore(const CropWindow*, int, RgbImageF*) const {
  throw Error(ExitCode::kInternal, "a network that only enlarges was asked to restore");
}

void UpscalerCpu::enlarge(const CropWindow* windows, int count, BothSizes* results) const {
  try {
    const RgbViewF& first = windows[0].front();
    Workspace workspace = borrow(first.height / shape_.block_side, first.width / shape_.block_side);
    for (int i = 0; i < count; ++i) {
      const RgbViewF& picture = windows[i].front();
      FeatureMap& input = workspace.maps.front();
      for (int y = 0; y < input.height; ++y) take_blocks(picture, shape_.block_side, y, input.channels, input.row(y));
      network_.run(workspace);
      const FeatureMap& result = workspace.maps[static_cast<std::size_t>(description_.outputs.front())];
      results[i].enlarged = RgbImageF(shape_.scale * picture.width, shape_.scale * picture.height);
      for (int y = 0; y < result.height; ++y)
        put_enlarged_row(shape_, picture, y, result.row(y), result.channels, results[i].enlarged);
    }
    give_back(std::move(workspace));
  } catch (const std::bad_alloc&) {
    throw DeviceOutOfMemory("not even for one picture");
  }
}

}  // namespace reelface
