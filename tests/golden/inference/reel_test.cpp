// SPDX-License-Identifier: Apache-2.0
// A restorer of whole pictures is another list of layers, and no other code.
#include <gtest/gtest.h>

#include <cmath>

#include "inference/checkpoint/tensor_values.h"
#include "inference/engine/picture_tiles.h"
#include "inference/native/window_restorer_cpu.h"
#include "support/png_reader.h"
#include "support/shared_folder.h"

namespace reelface {
namespace {

class ReelGolden : public ::testing::TestWithParam<std::string> {};

/// -1..1 of [colour][row][column], as the training code wrote them.
void expect_values(const RgbImageF& picture, const Checkpoint& file, const char* name) {
  const std::vector<double> expected = tensor_values(file.tensors.at(name));
  ASSERT_EQ(expected.size(), picture.samples.size()) << name;
  const std::size_t pixels = expected.size() / 3;
  for (std::size_t i = 0; i < expected.size(); ++i)
    ASSERT_NEAR(2.0 * picture.samples[i] - 1, expected[i % 3 * pixels + i / 3], 1e-4) << name << ' ' << i;
}

TEST_P(ReelGolden, AgreesWithTheTrainingCode) {
  REELFACE_NEED_SHARED(folder, "golden/reel");
  REELFACE_NEED_SHARED(model, "models/reel.safetensors");
  const std::vector<RgbImageF> pictures = testing::read_png_window(folder, GetParam());
  CropWindow window;
  for (const RgbImageF& picture : pictures) window.push_back(picture.view());
  const WindowRestorerCpu network(read_checkpoint(model));
  EXPECT_EQ(network.traits().works_on, WorksOn::kWholePictures);
  EXPECT_EQ(network.traits().scale, 2);
  WorkerThreads caller_alone(0);
  const Checkpoint file = read_checkpoint(folder + "/" + GetParam() + ".output.safetensors");
  const RgbImageF restored = restore_in_tiles(network, window, TileOptions(), caller_alone);
  expect_values(restored, file, "once");
  const BothSizes both = enlarge_in_tiles(network, window, TileOptions(), caller_alone);
  EXPECT_EQ(both.once.samples, restored.samples);
  expect_values(both.enlarged, file, "twice");
}

INSTANTIATE_TEST_SUITE_P(Windows, ReelGolden, ::testing::Values("noisy", "old", "still"),
                         [](const auto& window) { return window.param; });

}  // namespace
}  // namespace reelface
