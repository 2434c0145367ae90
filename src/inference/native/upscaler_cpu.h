// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

#include "inference/engine/crop_network.h"
#include "inference/layers/upscaler_layers.h"
#include "inference/native/network_cpu.h"

namespace reelface {

/// A network that enlarges single pictures, on the CPU in fp32 without LibTorch. Each call runs on the thread it is
/// made on.
class UpscalerCpu : public CropNetwork {
 public:
  explicit UpscalerCpu(const Checkpoint& checkpoint);

  int crop_size() const override;
  ModelTraits traits() const override { return traits_of(shape_); }
  std::string description() const override;
  std::int64_t bytes_per_crop() const override;
  bool only_enlarges() const override { return true; }
  int reach() const override { return reach_of(shape_); }
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override;
  void enlarge(const CropWindow* windows, int count, BothSizes* results) const override;

 private:
  using Workspace = NetworkCpu::Workspace;

  Workspace borrow(int height, int width) const;
  void give_back(Workspace workspace) const;

  UpscalerShape shape_;
  NetworkDescription description_;
  NetworkCpu network_;
  mutable std::mutex mutex_;
  mutable std::vector<Workspace> idle_;  ///< as many as calls were ever made at once, all of one size
};

}  // namespace reelface
