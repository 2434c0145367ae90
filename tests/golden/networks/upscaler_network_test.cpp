// SPDX-License-Identifier: Apache-2.0
// The same lists of layers, run by LibTorch.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "inference/checkpoint/tensor_values.h"
#include "networks/engine/upscaler.h"
#include "support/shared_folder.h"

namespace reelface {
namespace {

class UpscalerNetworkGolden : public ::testing::TestWithParam<const char*> {};

TEST_P(UpscalerNetworkGolden, AgreesWithTheReference) {
  REELFACE_NEED_SHARED(folder, "golden/upscalers");
  const std::string path = folder + "/" + GetParam();
  const Upscaler network(read_checkpoint(path + ".pth"), {at::Device(at::kCPU), at::kFloat});
  const Checkpoint golden = read_checkpoint(path + ".golden.safetensors");
  const CheckpointTensor &given = golden.tensors.at("input"), &wanted = golden.tensors.at("output");
  const std::vector<double> input = tensor_values(given), output = tensor_values(wanted);
  RgbImageF picture(static_cast<int>(given.shape[3]), static_cast<int>(given.shape[2]));
  for (std::size_t i = 0; i < input.size(); ++i)
    picture.samples[i] = static_cast<float>(input[i % 3 * (input.size() / 3) + i / 3]);
  const CropWindow window = {picture.view()};
  BothSizes result;
  network.enlarge(&window, 1, &result);
  ASSERT_EQ(result.enlarged.samples.size(), output.size());
  for (std::size_t i = 0; i < output.size(); ++i)
    ASSERT_NEAR(result.enlarged.samples[i], output[i % 3 * (output.size() / 3) + i / 3], 1e-4) << i;
}

INSTANTIATE_TEST_SUITE_P(Files, UpscalerNetworkGolden,
                         ::testing::Values("compact_x2", "compact_x4", "compact_x4_wdn", "rrdb_x1", "rrdb_x2",
                                           "rrdb_x4"),
                         [](const auto& file) { return file.param; });

}  // namespace
}  // namespace reelface
