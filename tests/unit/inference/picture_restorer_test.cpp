#include "inference/engine/picture_restorer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>

#include "inference/load_models.h"
#include "reelface/core/error.h"
#include "support/mean_network.h"
#include "support/source_folder.h"

namespace reelface {
namespace {

/// Remembers how large its pictures were.
class MeasuringNetwork : public testing::MeanNetwork {
 public:
  MeasuringNetwork() : MeanNetwork(3) {}
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override {
    for (int i = 0; i < count; ++i)
      largest = std::max<std::int64_t>(largest, std::int64_t{windows[i][0].width} * windows[i][0].height);
    MeanNetwork::restore(windows, count, restored);
  }
  mutable std::atomic<std::int64_t> largest{0};
};

RgbImageF shaded(int width, int height, float shade) {
  RgbImageF picture(width, height);
  for (std::size_t i = 0; i < picture.samples.size(); ++i)
    picture.samples[i] = shade + 1e-4F * static_cast<float>(i % 997);
  return picture;
}

void expect_mean(int width, int height, int most_pixels) {
  const auto network = std::make_shared<const MeasuringNetwork>();
  const PictureRestorer restorer(network, true, 2);
  const RgbImageF first = shaded(width, height, 0), second = shaded(width, height, 0.3F),
                  third = shaded(width, height, 0.9F);
  const RgbImageF restored = restorer.restore({first.view(), second.view(), third.view()});
  ASSERT_EQ(restored.width, width);
  ASSERT_EQ(restored.height, height);
  for (std::size_t i = 0; i < restored.samples.size(); ++i)
    ASSERT_NEAR(restored.samples[i], first.samples[i] + 0.4F, 1e-5F) << i;
  EXPECT_LE(network->largest, most_pixels);
}

TEST(PictureRestorer, TakesPicturesOfAnySize) {
  expect_mean(1, 1, 256);
  expect_mean(33, 17, 48 * 32);
  expect_mean(640, 480, 640 * 480);
}

TEST(PictureRestorer, CutsLargePictures) {
  EXPECT_FALSE(is_large_picture(1280, 720));
  EXPECT_TRUE(is_large_picture(1920, 1080));
  expect_mean(1920, 1080, 1920 * 700);
}

TEST(PictureRestorer, NoTileIsLarge) {
  for (const auto& [width, height] : {std::pair{1920, 1080}, {4096, 3112}, {8192, 4320}, {720, 12000}, {30000, 40}}) {
    const TileOptions tiles = tiles_for(width, height);
    EXPECT_LE(std::int64_t{tiles.width} * tiles.height, 1100 << 10) << width << "x" << height;
    EXPECT_GE(tiles.width, std::min(width, 512)) << width << "x" << height;
    EXPECT_GE(tiles.height, std::min(height, 256)) << width << "x" << height;
  }
}

TEST(PictureRestorer, IsReadFromOurModel) {
  EngineOptions options;
  options.device = "cpu";
  const auto restorer = load_picture_restorer(testing::source_file("models/reel.safetensors"), options);
  EXPECT_EQ(restorer->traits().window, 5);
  EXPECT_FALSE(restorer->traits().invents);
}

TEST(PictureRestorer, ARestorerOfFacesIsNone) {
  EXPECT_THROW(load_picture_restorer(testing::source_file("models/faithful.safetensors"), {}), Error);
  EXPECT_THROW(load_picture_restorer(testing::source_file("models/spotter.safetensors"), {}), Error);
  EXPECT_THROW(load_face_enhancer(testing::source_file("models/reel.safetensors"), {}), Error);
}

}  // namespace
}  // namespace reelface
