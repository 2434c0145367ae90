// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "inference/engine/crop_network.h"
#include "networks/engine/device_lane.h"
#include "networks/engine/repeated_call.h"
#include "networks/gfpgan_network.h"

namespace reelface {

/// GFPGAN between pictures and tensors.
class GfpganRestorer : public CropNetwork {
 public:
  GfpganRestorer(const Checkpoint& checkpoint, const Placement& placement);

  int crop_size() const override { return shape_.out_size; }
  ModelTraits traits() const override { return gfpgan_traits(); }
  std::string description() const override;
  std::int64_t bytes_per_crop() const override;
  std::int64_t largest_tensor_of_crop() const override;
  std::unique_ptr<CropNetwork> another_lane() const override;
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override;

 private:
  GfpganRestorer(const GfpganShape& shape, const Checkpoint& checkpoint, const Placement& placement);
  GfpganRestorer(const GfpganShape& shape, const Placement& placement, std::shared_ptr<const GfpganNetwork> network);

  GfpganShape shape_;
  Placement placement_;
  std::shared_ptr<const GfpganNetwork> network_;
  DeviceLane lane_;
  RepeatedCall run_;
};

}  // namespace reelface
