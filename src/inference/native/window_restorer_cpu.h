// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

#include "inference/engine/crop_network.h"
#include "inference/layers/window_shape.h"
#include "inference/native/network_cpu.h"

namespace reelface {

/// A window network on the CPU in fp32 without LibTorch. Each call runs on the thread it is made on.
class WindowRestorerCpu : public CropNetwork {
 public:
  explicit WindowRestorerCpu(const Checkpoint& checkpoint);

  int crop_size() const override { return shape_.crop_size; }
  ModelTraits traits() const override { return traits_of(shape_); }
  std::string description() const override;
  std::int64_t bytes_per_crop() const override;
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override;
  void enlarge(const CropWindow* windows, int count, BothSizes* results) const override;

 private:
  using Workspace = NetworkCpu::Workspace;

  Workspace borrow(int height, int width) const;
  void give_back(Workspace workspace) const;
  /// `work(index, workspace)` for all of them, in a workspace that fits.
  template <class Work>
  void for_each_window(const CropWindow* windows, int count, const Work& work) const;
  void run(const CropWindow& window, Workspace& workspace, std::size_t outputs) const;
  void take_restored(const CropWindow& window, const Workspace& workspace, RgbImageF& restored) const;

  WindowShape shape_;
  NetworkDescription description_;
  NetworkCpu network_;
  mutable std::mutex mutex_;
  mutable std::vector<Workspace> idle_;  ///< as many as calls were ever made at once, all of one size
};

}  // namespace reelface
