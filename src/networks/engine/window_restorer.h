// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "inference/engine/crop_network.h"
#include "inference/layers/window_shape.h"
#include "networks/engine/device_lane.h"
#include "networks/engine/repeated_call.h"
#include "networks/torch_network.h"

namespace reelface {

/// A window network between pictures and tensors.
class WindowRestorer : public CropNetwork {
 public:
  WindowRestorer(const Checkpoint& checkpoint, const Placement& placement);

  int crop_size() const override { return shape_.crop_size; }
  ModelTraits traits() const override { return traits_of(shape_); }
  std::string description() const override;
  std::int64_t bytes_per_crop() const override;
  std::int64_t largest_tensor_of_crop() const override;
  std::unique_ptr<CropNetwork> another_lane() const override;
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override;
  void enlarge(const CropWindow* windows, int count, BothSizes* results) const override;

 private:
  WindowRestorer(const WindowShape& shape, const Placement& placement, std::shared_ptr<const TorchNetwork> network);

  at::Tensor input_of(const CropWindow* windows, int count) const;
  std::vector<at::Tensor> results_of(const at::Tensor& squares) const;

  WindowShape shape_;
  Placement placement_;
  std::shared_ptr<const TorchNetwork> network_;
  DeviceLane lane_;
  RepeatedCall run_;
  RepeatedCall run_both_;  ///< both results behind each other
};

}  // namespace reelface
