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

TEST_P(ReelGolden, AgreesWithTheTrainingCode) {
  REELFACE_NEED_SHARED(folder, "golden/reel");
  REELFACE_NEED_SHARED(model, "models/reel.safetensors");
  std::vector<RgbImageF> pictures;
  for (int i = 0; i < 5; ++i)
    pictures.push_back(testing::read_png_as_float(folder + "/" + GetParam() + "_" + std::to_string(i) + ".png"));
  CropWindow window;
  for (const RgbImageF& picture : pictures) window.push_back(picture.view());
  const WindowRestorerCpu network(read_checkpoint(model));
  EXPECT_EQ(network.traits().works_on, WorksOn::kWholePictures);
  EXPECT_EQ(network.traits().scale, 2);
  WorkerThreads caller_alone(0);
  const RgbImageF restored = restore_in_tiles(network, window, TileOptions(), caller_alone);
  const Checkpoint file = read_checkpoint(folder + "/" + GetParam() + ".output.safetensors");
  const std::vector<double> expected = tensor_values(file.tensors.at("once"));
  ASSERT_EQ(expected.size(), restored.samples.size());
  const std::size_t pixels = expected.size() / 3;
  for (std::size_t i = 0; i < expected.size(); ++i)
    ASSERT_NEAR(2.0 * restored.samples[i] - 1, expected[i % 3 * pixels + i / 3], 1e-4) << i;
}

INSTANTIATE_TEST_SUITE_P(Windows, ReelGolden, ::testing::Values("noisy", "old", "still"),
                         [](const auto& window) { return window.param; });

}  // namespace
}  // namespace reelface
