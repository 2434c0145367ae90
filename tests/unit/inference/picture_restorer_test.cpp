// SPDX-License-Identifier: Apache-2.0
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

/// A device whose memory holds so many pixels of a window.
class SmallDevice : public testing::MeanNetwork {
 public:
  explicit SmallDevice(std::int64_t pixels) : MeanNetwork(1), pixels_(pixels) {}
  int reach() const override { return 16; }
  std::string description() const override { return "mean on a small device"; }
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override {
    const RgbViewF& picture = windows[0].front();
    if (std::int64_t{picture.width} * picture.height > pixels_) throw DeviceOutOfMemory("full");
    MeanNetwork::restore(windows, count, restored);
  }

 private:
  std::int64_t pixels_;
};

PictureBackOff to_the_cpu() {
  PictureBackOff back_off;
  back_off.make_network_on_cpu = [] { return std::make_unique<const testing::MeanNetwork>(1); };
  return back_off;
}

constexpr std::int64_t kNoDeviceAtAll = 1000;

TEST(PictureRestorer, GoesOnWithSmallerTilesWhenMemoryRunsOut) {
  const RgbImageF picture = shaded(800, 600, 0.1F);
  const PictureRestorer restorer(std::make_shared<const SmallDevice>(200'000), false, 2, to_the_cpu());
  EXPECT_EQ(restorer.restore({picture.view()}).samples, picture.samples);
  EXPECT_EQ(restorer.fallback(), "");
  EXPECT_EQ(restorer.description(), "mean on a small device");
  EXPECT_EQ(restorer.restore({picture.view()}).samples, picture.samples);
}

TEST(PictureRestorer, GoesOnOnTheCpuWhenNoTileFits) {
  const RgbImageF picture = shaded(800, 600, 0.1F);
  const PictureRestorer restorer(std::make_shared<const SmallDevice>(kNoDeviceAtAll), false, 2, to_the_cpu());
  EXPECT_EQ(restorer.restore({picture.view()}).samples, picture.samples);
  EXPECT_EQ(restorer.fallback(), "mean");
}

TEST(PictureRestorer, AllThreadsGoOnWhenMemoryRunsOut) {
  const RgbImageF picture = shaded(400, 300, 0.1F);
  const PictureRestorer restorer(std::make_shared<const SmallDevice>(kNoDeviceAtAll), false, 2, to_the_cpu());
  WorkerThreads callers(4);
  std::atomic<int> equal{0};
  callers.run(16, [&](std::size_t) { equal += restorer.restore({picture.view()}).samples == picture.samples ? 1 : 0; });
  EXPECT_EQ(equal, 16);
}

void expect_no_memory(const PictureRestorer& restorer) {
  const RgbImageF picture = shaded(800, 600, 0.1F);
  try {
    restorer.restore({picture.view()});
    FAIL() << "restored without memory";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kOutOfMemory);
  }
}

TEST(PictureRestorer, RefusesOtherPixelsWhereTheyMustBeTheSame) {
  PictureBackOff refused = to_the_cpu();
  refused.is_refused = true;
  expect_no_memory({std::make_shared<const SmallDevice>(200'000), false, 2, refused});
}

TEST(PictureRestorer, FailsWhereThereIsNowhereElseToGo) {
  expect_no_memory({std::make_shared<const SmallDevice>(kNoDeviceAtAll), false, 2});
  expect_no_memory({std::make_shared<const SmallDevice>(kNoDeviceAtAll), true, 2, to_the_cpu()});
}

/// Counts its calls, and lets only one in at a time.
class ExclusiveDevice : public testing::MeanNetwork {
 public:
  ExclusiveDevice() : MeanNetwork(1) {}
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override {
    EXPECT_EQ(++inside_, 1);
    ++calls;
    MeanNetwork::restore(windows, count, restored);
    --inside_;
  }
  mutable std::atomic<int> calls{0};

 private:
  mutable std::atomic<int> inside_{0};
};

TEST(PictureRestorer, SharesPicturesOutAmongDevices) {
  const RgbImageF picture = shaded(400, 300, 0.1F);
  const auto left = std::make_shared<const ExclusiveDevice>(), right = std::make_shared<const ExclusiveDevice>();
  const PictureRestorer restorer({left, right}, 2, {});
  EXPECT_EQ(restorer.large_at_once(), 4U);
  WorkerThreads callers(4);
  std::atomic<int> equal{0};
  callers.run(20, [&](std::size_t) { equal += restorer.restore({picture.view()}).samples == picture.samples ? 1 : 0; });
  EXPECT_EQ(equal, 20);
  EXPECT_EQ(left->calls, 10);
  EXPECT_EQ(right->calls, 10);
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
