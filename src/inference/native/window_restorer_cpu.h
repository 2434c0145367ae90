#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "inference/engine/crop_network.h"
#include "inference/native/window_network_cpu.h"

namespace reelface {

/// A window network on the CPU in fp32 without LibTorch. Each call runs on the thread it is made on.
class WindowRestorerCpu : public CropNetwork {
 public:
  explicit WindowRestorerCpu(const Checkpoint& checkpoint);

  int crop_size() const override { return shape_.crop_size; }
  int window_length() const override { return shape_.frames; }
  std::string description() const override;
  std::int64_t bytes_per_crop() const override;
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override;

 private:
  using Workspace = std::unique_ptr<WindowNetworkCpu::Workspace>;

  Workspace borrow() const;
  void give_back(Workspace workspace) const;

  WindowShape shape_;
  WindowNetworkCpu network_;
  mutable std::mutex mutex_;
  mutable std::vector<Workspace> idle_;  ///< as many as calls were ever made at once
};

}  // namespace reelface
