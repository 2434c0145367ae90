#pragma once

#include "inference/engine/crop_network.h"
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
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override;

 private:
  GfpganShape shape_;
  Placement placement_;
  GfpganNetwork network_;
  RepeatedCall run_;
};

}  // namespace reelface
