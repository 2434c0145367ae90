// SPDX-License-Identifier: Apache-2.0
#include "inference/engine/picture_tiles.h"

#include <gtest/gtest.h>

#include <atomic>
#include <random>

#include "inference/layers/window_layers.h"
#include "inference/native/window_restorer_cpu.h"
#include "reelface/core/error.h"
#include "support/place_in_rows.h"
#include "support/random_checkpoint.h"
#include "support/rgb_sample.h"

namespace reelface {
namespace {

using testing::sample_at;

constexpr int kBlock = 4;  // pixels that our convolutions compute together

WindowShape small_shape() {
  return {1, {16, 16}, {1, 1}, {1}, 64, false};
}

/// That of `faithful`, with other weights.
WindowShape large_shape() {
  return {5, {32, 64, 128, 192}, {1, 2, 2, 3}, {2, 2, 2}, 256, false};
}

Checkpoint checkpoint_of(const WindowShape& shape) {
  return testing::random_checkpoint(expected_tensors(describe_window_network(shape)), 7);
}

/// A multiple of what lies on one grid of blocks in all levels.
int seamless_overlap(const WindowShape& shape, int block) {
  const int grid = 2 * kBlock << (shape.channels.size() - 1);
  const int pixels = 2 * view_radius(describe_window_network(shape), block);
  return (pixels + grid - 1) / grid * grid;
}

std::vector<RgbImageF> noise(int width, int height, int count) {
  std::mt19937 generator(5);
  std::uniform_real_distribution<float> shade(0, 1);
  std::vector<RgbImageF> pictures(static_cast<std::size_t>(count), RgbImageF(width, height));
  for (RgbImageF& picture : pictures) {
    for (float& sample : picture.samples) sample = shade(generator);
  }
  return pictures;
}

CropWindow window_of(const std::vector<RgbImageF>& pictures) {
  CropWindow window;
  for (const RgbImageF& picture : pictures) window.push_back(picture.view());
  return window;
}

RgbImageF restored(const CropNetwork& network, const std::vector<RgbImageF>& pictures, const TileOptions& options,
                   int threads) {
  WorkerThreads workers(threads);
  return restore_in_tiles(network, window_of(pictures), options, workers);
}

float largest_difference(const RgbImageF& left, const RgbImageF& right) {
  float largest = 0;
  for (std::size_t i = 0; i < left.samples.size(); ++i)
    largest = std::max(largest, std::abs(left.samples[i] - right.samples[i]));
  return largest;
}

TEST(PictureTiles, CoverThePictureOnce) {
  const TileOptions options = {64, 64, 32, 16, 1};
  constexpr std::size_t kPixels = std::size_t{208} * 144;
  std::vector<int> covered(kPixels);
  for (const Tile& tile : cut_into_tiles(208, 144, options)) {
    for (int y = tile.kept.y; y < tile.kept.y + tile.kept.height; ++y) {
      for (int x = tile.kept.x; x < tile.kept.x + tile.kept.width; ++x) ++covered[testing::place_in_rows(x, y, 208)];
    }
    EXPECT_GE(tile.shown.x, 0);
    EXPECT_LE(tile.shown.x + tile.shown.width, 208);
    EXPECT_EQ(tile.shown.x, std::max(0, tile.kept.x - 32));
    EXPECT_EQ(tile.shown.y + tile.shown.height, std::min(144, tile.kept.y + tile.kept.height + 32));
  }
  EXPECT_EQ(covered, std::vector<int>(kPixels, 1));
}

TEST(PictureTiles, EnoughOverlapLeavesNoTrace) {
  const WindowShape shape = small_shape();
  const WindowRestorerCpu network(checkpoint_of(shape));
  const int overlap = seamless_overlap(shape, kBlock);
  const std::vector<RgbImageF> picture = noise(4 * overlap + 12, 3 * overlap + 4, 1);
  const RgbImageF whole = restored(network, picture, {8192, 8192, 0, 4, 1}, 1);
  ASSERT_GT(largest_difference(whole, picture[0]), 0.1F) << "the network must do something";
  for (const int batch : {1, 3}) {
    for (const int threads : {0, 3}) {
      const RgbImageF tiled = restored(network, picture, {overlap, overlap, overlap, 4, batch}, threads);
      EXPECT_EQ(tiled.samples, whole.samples) << batch << " at once on " << threads << " threads";
    }
  }
  EXPECT_NE(restored(network, picture, {overlap, overlap, 0, 4, 1}, 0).samples, whole.samples);
}

TEST(PictureTiles, NorDoTheyWhereThePictureIsEnlarged) {
  WindowShape shape = small_shape();
  shape.enlarges = true;
  const WindowRestorerCpu network(checkpoint_of(shape));
  const int overlap = seamless_overlap(shape, kBlock);
  const std::vector<RgbImageF> picture = noise(4 * overlap + 13, 3 * overlap + 5, 1);
  const auto enlarged = [&](const TileOptions& options, int threads) {
    WorkerThreads workers(threads);
    return enlarge_in_tiles(network, window_of(picture), options, workers);
  };
  const BothSizes whole = enlarged({8192, 8192, 0, 4, 1}, 0);
  EXPECT_EQ(whole.enlarged.width, 2 * picture[0].width);
  EXPECT_EQ(whole.enlarged.height, 2 * picture[0].height);
  EXPECT_EQ(whole.once.samples, restored(network, picture, {8192, 8192, 0, 4, 1}, 0).samples);
  for (const int threads : {0, 3}) {
    const BothSizes tiled = enlarged({overlap, overlap, overlap, 4, 2}, threads);
    EXPECT_EQ(tiled.once.samples, whole.once.samples);
    EXPECT_EQ(tiled.enlarged.samples, whole.enlarged.samples);
  }
}

TEST(PictureTiles, ANetworkOfOneSizeDoesNotEnlarge) {
  const WindowRestorerCpu network(checkpoint_of(small_shape()));
  const std::vector<RgbImageF> picture = noise(16, 16, 1);
  WorkerThreads caller_alone(0);
  EXPECT_THROW(enlarge_in_tiles(network, window_of(picture), TileOptions(), caller_alone), Error);
}

TEST(PictureTiles, WhatTheNetworkSeesIsEnoughButForRounding) {
  const WindowShape shape = small_shape();
  const WindowRestorerCpu network(checkpoint_of(shape));
  const int overlap = seamless_overlap(shape, 1);
  const std::vector<RgbImageF> picture = noise(5 * overlap, 3 * overlap, 1);
  const RgbImageF whole = restored(network, picture, {8192, 8192, 0, 4, 1}, 1);
  EXPECT_LT(largest_difference(restored(network, picture, {overlap, overlap, overlap, 4, 1}, 0), whole), 1e-5F);
}

TEST(PictureTiles, ANetworkAsDeepAsFaithfulLeavesNoTraceEither) {
  const WindowShape shape = large_shape();
  const WindowRestorerCpu network(checkpoint_of(shape));
  const int overlap = seamless_overlap(shape, kBlock);
  const std::vector<RgbImageF> pictures = noise(2 * overlap + 192, 32, 5);
  const RgbImageF whole = restored(network, pictures, {8192, 8192, 0, 16, 1}, 1);
  const RgbImageF tiled = restored(network, pictures, {overlap + 128, overlap + 128, overlap, 16, 1}, 0);
  EXPECT_EQ(tiled.samples, whole.samples);
}

TEST(PictureTiles, PicturesOfAnySizeAreContinuedMirrored) {
  const WindowRestorerCpu network(checkpoint_of(small_shape()));
  const std::vector<RgbImageF> picture = noise(37, 21, 1);
  RgbImageF wide(40, 24);
  for (int y = 0; y < 24; ++y) {
    for (int x = 0; x < 40; ++x) {
      const int from_x = x < 37 ? x : 2 * 36 - x, from_y = y < 21 ? y : 2 * 20 - y;
      std::copy_n(&sample_at(picture[0], from_x, from_y), 3, &sample_at(wide, x, y));
    }
  }
  const RgbImageF small = restored(network, picture, {8192, 8192, 0, 4, 1}, 1);
  const RgbImageF large = restored(network, {wide}, {8192, 8192, 0, 4, 1}, 1);
  ASSERT_EQ(small.width, 37);
  ASSERT_EQ(small.height, 21);
  for (int y = 0; y < 21; ++y) {
    for (int x = 0; x < 37; ++x) {
      for (int c = 0; c < 3; ++c) ASSERT_EQ(sample_at(small, x, y, c), sample_at(large, x, y, c));
    }
  }
}

TEST(PictureTiles, APictureSmallerThanAStepIsContinuedAgainAndAgain) {
  const WindowRestorerCpu network(checkpoint_of(small_shape()));
  const RgbImageF result = restored(network, noise(1, 2, 1), {64, 64, 0, 4, 1}, 1);
  EXPECT_EQ(result.width, 1);
  EXPECT_EQ(result.height, 2);
}

/// Remembers the sizes of its batches.
class CountingNetwork : public CropNetwork {
 public:
  int crop_size() const override { return 16; }
  ModelTraits traits() const override { return {}; }
  std::string description() const override { return "counting"; }
  std::int64_t bytes_per_crop() const override { return 1; }
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override {
    largest_batch = std::max(largest_batch.load(), count);
    for (int i = 0; i < count; ++i) {
      EXPECT_EQ(windows[i][0].width, windows[0][0].width);
      EXPECT_EQ(windows[i][0].height, restored[i].height);
    }
  }

  mutable std::atomic<int> largest_batch{0};
};

TEST(PictureTiles, BatchesHoldTilesOfOneSize) {
  const CountingNetwork network;
  restored(network, noise(80, 80, 1), {16, 16, 16, 16, 4}, 1);
  EXPECT_EQ(network.largest_batch, 4);
}

}  // namespace
}  // namespace reelface
