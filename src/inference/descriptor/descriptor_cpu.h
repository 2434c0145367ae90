// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "inference/checkpoint/checkpoint.h"
#include "inference/descriptor/descriptor_layers.h"
#include "inference/face_descriptor.h"
#include "inference/native/network_cpu.h"

namespace reelface {

/// The residual network that turns an aligned crop into 128 numbers, on the calling thread: at 0.4 GFLOP a face that is
/// little beside restoring.
class DescriptorCpu : public FaceDescriptor {
 public:
  /// Throws Error(kModelRejected) unless the checkpoint holds exactly this network.
  explicit DescriptorCpu(const Checkpoint& checkpoint);

  int crop_size() const override { return kDescriptorCropSize; }
  std::vector<FaceDescription> describe(const std::vector<RgbViewF>& crops) const override;

 private:
  FaceDescription describe(const RgbViewF& crop, NetworkCpu::Workspace& workspace) const;

  NetworkDescription description_;
  NetworkCpu network_;
  std::vector<float> last_;  ///< [128][channels]
};

}  // namespace reelface
