// SPDX-License-Identifier: Apache-2.0
#include "inference/descriptor/descriptor_cpu.h"

#include <string>

#include "inference/checkpoint/finite_values.h"
#include "inference/checkpoint/tensor_check.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

/// What the network takes from 0..255 before it divides by 256.
constexpr float kMeanColour[3] = {122.782F, 117.001F, 104.298F};

/// The checkpoint, if it holds exactly the network and the matrix behind it.
const Checkpoint& checked(const Checkpoint& checkpoint, const NetworkDescription& network) {
  std::vector<ExpectedTensor> tensors = expected_tensors(network);
  tensors.push_back({"fc.weight", {std::int64_t{FaceDescription().size()}, network.layers.back().channels}});
  check_tensors(checkpoint, tensors);
  return checkpoint;
}

void take_crop(const RgbViewF& crop, FeatureMap& map) {
  for (int y = 0; y < crop.height; ++y) {
    const float* from = crop.samples + y * crop.row_stride;
    float* to = map.row(y);
    for (int x = 0; x < 3 * crop.width; ++x) to[x] = (255 * from[x] - kMeanColour[x % 3]) / 256;
  }
}

}  // namespace

DescriptorCpu::DescriptorCpu(const Checkpoint& checkpoint)
    : description_(describe_descriptor()),
      network_(checked(checkpoint, description_), description_, kDescriptorCropSize, kDescriptorCropSize),
      last_(finite_values(checkpoint, "fc.weight")) {}

FaceDescription DescriptorCpu::describe(const RgbViewF& crop, NetworkCpu::Workspace& workspace) const {
  if (crop.width != crop_size() || crop.height != crop_size()) {
    throw Error(ExitCode::kInternal, "a crop of " + std::to_string(crop.width) + "x" + std::to_string(crop.height) +
                                         " for the descriptor, which takes 150x150");
  }
  take_crop(crop, workspace.maps.front());
  network_.run(workspace);
  const FeatureMap& features = workspace.maps[static_cast<std::size_t>(description_.outputs.front())];
  std::vector<double> means(static_cast<std::size_t>(features.channels));
  const int pixels = features.height * features.width;
  for (std::size_t i = 0; i < features.size(); ++i)
    means[i % means.size()] += double{features.numbers.data()[i]} / pixels;
  FaceDescription description;
  for (std::size_t number = 0; number < description.size(); ++number) {
    double sum = 0;
    for (std::size_t i = 0; i < means.size(); ++i) sum += means[i] * double{last_[number * means.size() + i]};
    description[number] = static_cast<float>(sum);
  }
  return description;
}

std::vector<FaceDescription> DescriptorCpu::describe(const std::vector<RgbViewF>& crops) const {
  NetworkCpu::Workspace workspace = network_.make_workspace(crop_size(), crop_size());
  std::vector<FaceDescription> descriptions;
  descriptions.reserve(crops.size());
  for (const RgbViewF& crop : crops) descriptions.push_back(describe(crop, workspace));
  return descriptions;
}

}  // namespace reelface
