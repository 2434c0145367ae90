#include "networks/engine/network_descriptor.h"

#include <algorithm>

#include "networks/engine/guarded_call.h"
#include "networks/engine/torch_device.h"

namespace reelface {
namespace {

FaceDescription describe_one(const DescriptorNetwork& network, const RgbViewF& crop) {
  if (crop.width != DescriptorNetwork::kCropSize || crop.height != DescriptorNetwork::kCropSize) {
    throw Error(ExitCode::kInternal, "a crop of " + std::to_string(crop.width) + "x" + std::to_string(crop.height) +
                                         " for the descriptor, which takes 150x150");
  }
  at::Tensor input = at::empty({1, crop.height, crop.width, 3}, at::kFloat);
  for (int y = 0; y < crop.height; ++y) {
    const float* from = crop.samples + y * crop.row_stride;
    std::copy(from, from + std::ptrdiff_t{3} * crop.width, input.data_ptr<float>() + y * input.stride(1));
  }
  const at::Tensor numbers = network.describe(input.permute({0, 3, 1, 2})).contiguous();
  FaceDescription description;
  std::copy_n(numbers.data_ptr<float>(), description.size(), description.begin());
  return description;
}

}  // namespace

NetworkDescriptor::NetworkDescriptor(const Checkpoint& checkpoint)
    : network_(guarded_call([&] { return DescriptorNetwork(checkpoint); })) {}

std::vector<FaceDescription> NetworkDescriptor::describe(const std::vector<RgbViewF>& crops) const {
  return guarded_call([&] {
    use_torch_threads(1);
    std::vector<FaceDescription> descriptions;
    // One at a time, so that what else is in the batch changes nothing.
    for (const RgbViewF& crop : crops) descriptions.push_back(describe_one(network_, crop));
    return descriptions;
  });
}

}  // namespace reelface
