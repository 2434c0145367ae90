// SPDX-License-Identifier: Apache-2.0
// The restorer of whole pictures, run by LibTorch: what it is on a graphics card.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "inference/checkpoint/tensor_values.h"
#include "networks/engine/window_restorer.h"
#include "support/png_reader.h"
#include "support/shared_folder.h"

namespace reelface {
namespace {

/// The reference's planes of -1..1 against ours, interleaved 0..1: on the reference's scale.
double largest_difference(const CheckpointTensor& planes, const RgbImageF& image) {
  const std::vector<double> values = tensor_values(planes);
  EXPECT_EQ(values.size(), image.samples.size());
  const std::size_t pixels = values.size() / 3;
  double largest = 0;
  for (std::size_t i = 0; i < image.samples.size(); ++i)
    largest = std::max(largest, std::abs(values[i % 3 * pixels + i / 3] - (2.0 * image.samples[i] - 1)));
  return largest;
}

class ReelNetworkGolden : public ::testing::TestWithParam<std::string> {};

TEST_P(ReelNetworkGolden, AgreesWithTheTrainingCode) {
  REELFACE_NEED_SHARED(folder, "golden/reel");
  REELFACE_NEED_SHARED(model, "models/reel.safetensors");
  const std::vector<RgbImageF> pictures = testing::read_png_window(folder, GetParam());
  CropWindow window;
  window.reserve(pictures.size());
  for (const RgbImageF& picture : pictures) window.push_back(picture.view());
  const Checkpoint golden = read_checkpoint(folder + "/" + GetParam() + ".output.safetensors");
  const WindowRestorer network(read_checkpoint(model), {at::Device(at::kCPU), at::kFloat});
  BothSizes both;
  network.enlarge(&window, 1, &both);
  EXPECT_LT(largest_difference(golden.tensors.at("once"), both.once), 1e-4);
  EXPECT_LT(largest_difference(golden.tensors.at("twice"), both.enlarged), 1e-4);
}

INSTANTIATE_TEST_SUITE_P(Windows, ReelNetworkGolden, ::testing::Values("noisy", "old", "still"),
                         [](const auto& window) { return window.param; });

}  // namespace
}  // namespace reelface
