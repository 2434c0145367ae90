// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "inference/engine/crop_network.h"
#include "inference/layers/upscaler_layers.h"
#include "networks/engine/device_lane.h"
#include "networks/engine/repeated_call.h"
#include "networks/torch_network.h"

namespace reelface {

/// A network that enlarges single pictures, between pictures and tensors.
class Upscaler : public CropNetwork {
 public:
  Upscaler(const Checkpoint& checkpoint, const Placement& placement);

  int crop_size() const override;
  ModelTraits traits() const override { return traits_of(shape_); }
  std::string description() const override;
  std::int64_t bytes_per_crop() const override;
  std::int64_t largest_tensor_of_crop() const override;
  bool only_enlarges() const override { return true; }
  int reach() const override { return reach_of(shape_); }
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override;
  void enlarge(const CropWindow* windows, int count, BothSizes* results) const override;

 private:
  at::Tensor numbers_of(const at::Tensor& blocks) const;
  at::Tensor input_of(const CropWindow* windows, int count) const;

  UpscalerShape shape_;
  Placement placement_;
  TorchNetwork network_;
  DeviceLane lane_;
  RepeatedCall run_;
};

}  // namespace reelface
