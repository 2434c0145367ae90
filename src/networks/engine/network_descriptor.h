#pragma once

#include "networks/descriptor_network.h"
#include "reelface/inference/face_descriptor.h"

namespace reelface {

class NetworkDescriptor : public FaceDescriptor {
 public:
  explicit NetworkDescriptor(const Checkpoint& checkpoint);

  int crop_size() const override { return DescriptorNetwork::kCropSize; }
  float same_person_distance() const override { return 0.6F; }
  std::vector<FaceDescription> describe(const std::vector<RgbViewF>& crops) const override;

 private:
  DescriptorNetwork network_;
};

}  // namespace reelface
