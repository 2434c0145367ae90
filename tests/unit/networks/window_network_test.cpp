// SPDX-License-Identifier: Apache-2.0
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "core/finite.h"
#include "inference/native/window_restorer_cpu.h"
#include "networks/engine/precision_choice.h"
#include "networks/engine/window_restorer.h"
#include "reelface/core/error.h"
#include "support/plain_networks.h"
#include "support/random_checkpoint.h"
#include "support/rgb_sample.h"

namespace reelface {
namespace {

/// The tensors of a small window network.
std::vector<ExpectedTensor> tensors_of(int frames, const std::vector<std::int64_t>& channels) {
  std::vector<ExpectedTensor> list;
  const auto add = [&](const std::string& name, std::int64_t out, std::int64_t in, std::int64_t side) {
    list.push_back({name + ".weight", {out, in, side, side}});
    list.push_back({name + ".bias", {out}});
  };
  add("first", channels[0], std::int64_t{12} * frames, 3);
  add("last", 12, channels[0], 3);
  for (std::size_t level = 0; level < channels.size(); ++level) {
    const std::string number = std::to_string(level);
    const std::int64_t here = channels[level];
    const std::size_t blocks = level + 1;
    for (std::size_t block = 0; block < blocks; ++block) {
      for (const char* side : {"encoder.", "decoder."}) {
        if (level + 1 == channels.size() && side[0] == 'd') continue;
        add(side + number + "." + std::to_string(block) + ".conv1", here, here, 3);
        add(side + number + "." + std::to_string(block) + ".conv2", here, here, 3);
      }
    }
    if (level + 1 == channels.size()) break;
    add("down." + number, channels[level + 1], here, 2);
    add("up." + number, 4 * here, channels[level + 1], 1);
  }
  return list;
}

Checkpoint small_checkpoint(int frames, const std::vector<std::int64_t>& channels, const char* crop_size) {
  Checkpoint checkpoint = testing::random_checkpoint(tensors_of(frames, channels), 11);
  checkpoint.metadata["crop_size"] = crop_size;
  return checkpoint;
}

at::Tensor planes_of(const std::vector<RgbImageF>& crops) {
  std::vector<at::Tensor> planes;
  planes.reserve(crops.size());
  for (const RgbImageF& crop : crops) {
    planes.push_back(at::tensor(crop.samples).view({crop.height, crop.width, 3}).permute({2, 0, 1}) * 2 - 1);
  }
  return at::cat(planes).unsqueeze(0).contiguous();
}

/// In LibTorch, and in kernels of our own: the same network.
std::unique_ptr<CropNetwork> make_restorer(bool of_our_own, const Checkpoint& checkpoint) {
  if (of_our_own) return std::make_unique<WindowRestorerCpu>(checkpoint);
  return std::make_unique<WindowRestorer>(checkpoint, Placement());
}

class EitherRestorer : public ::testing::TestWithParam<bool> {
 protected:
  void SetUp() override { at::set_num_threads(1); }
};

INSTANTIATE_TEST_SUITE_P(In, EitherRestorer, ::testing::Bool(),
                         [](const auto& whether) { return whether.param ? "OurOwn" : "LibTorch"; });

TEST_P(EitherRestorer, AgreesWithThePlainNetwork) {
  const c10::InferenceMode no_training;
  for (const auto& channels : std::vector<std::vector<std::int64_t>>{{16, 24}, {8, 16, 32}, {5, 7}}) {
    const Checkpoint checkpoint = small_checkpoint(3, channels, "48");
    const std::unique_ptr<CropNetwork> restorer = make_restorer(GetParam(), checkpoint);
    ASSERT_EQ(restorer->traits().window, 3);
    ASSERT_EQ(restorer->crop_size(), 48);
    const std::vector<RgbImageF> crops = test_crops(48, 3);
    const at::Tensor expected = testing::PlainWindowNetwork(checkpoint).restore(planes_of(crops));
    const CropWindow window = {crops[0].view(), crops[1].view(), crops[2].view()};
    RgbImageF restored(48, 48);
    restorer->restore(&window, 1, &restored);
    const at::Tensor actual = planes_of({restored});
    ASSERT_GT((expected - planes_of({crops[1]})).abs().max().item<double>(), 0.1) << "the network must do something";
    EXPECT_LT(((expected - actual).abs().max() / expected.abs().max()).item<double>(), 1e-5);
  }
}

TEST_P(EitherRestorer, TakesPicturesOfAnySizeInBatches) {
  const c10::InferenceMode no_training;
  const Checkpoint checkpoint = small_checkpoint(1, {8, 16}, "32");
  const std::unique_ptr<CropNetwork> restorer = make_restorer(GetParam(), checkpoint);
  const std::vector<RgbImageF> pictures = test_crops(64, 2);
  std::vector<CropWindow> windows;
  std::vector<RgbImageF> restored;
  for (const RgbImageF& picture : pictures) {
    RgbViewF part = picture.view();
    part.width = 52;
    part.height = 20;
    windows.push_back({part});
    restored.emplace_back(part.width, part.height);
  }
  restorer->restore(windows.data(), 2, restored.data());
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const at::Tensor part = planes_of({pictures[i]}).narrow(2, 0, 20).narrow(3, 0, 52);
    const at::Tensor expected = testing::PlainWindowNetwork(checkpoint).restore(part);
    EXPECT_LT((expected - planes_of({restored[i]})).abs().max().item<double>(), 1e-4) << i;
  }
}

TEST_P(EitherRestorer, InfinitiesStayInfinite) {
  Checkpoint checkpoint = small_checkpoint(1, {8, 16}, "32");
  const std::vector<float> large(std::size_t{12} * 8 * 9, 3e38F);
  checkpoint.tensors.at("last.weight").data = reinterpret_cast<const std::byte*>(large.data());
  const std::vector<RgbImageF> crops = test_crops(32, 1);
  const CropWindow window = {crops[0].view()};
  RgbImageF restored(32, 32);
  make_restorer(GetParam(), checkpoint)->restore(&window, 1, &restored);
  EXPECT_FALSE(all_finite(restored.samples));
}

TEST(WindowRestorerCpu, SeveralThreadsGetTheSame) {
  const WindowRestorerCpu restorer(small_checkpoint(3, {8, 16}, "64"));
  const std::vector<RgbImageF> crops = test_crops(64, 3);
  const CropWindow window = {crops[0].view(), crops[1].view(), crops[2].view()};
  const CropWindow other = {crops[2].view(), crops[2].view(), crops[0].view()};
  RgbImageF expected(64, 64);
  restorer.restore(&window, 1, &expected);
  std::vector<RgbImageF> results(4, RgbImageF(64, 64));
  std::vector<std::thread> threads;
  threads.reserve(results.size());
  for (RgbImageF& result : results) {
    threads.emplace_back([&] {
      RgbImageF unwanted(64, 64);
      for (int round = 0; round < 20; ++round) {
        restorer.restore(&other, 1, &unwanted);
        restorer.restore(&window, 1, &result);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const RgbImageF& result : results) EXPECT_EQ(result.samples, expected.samples);
}

TEST_P(EitherRestorer, HonoursTheRowStride) {
  const std::unique_ptr<CropNetwork> restorer = make_restorer(GetParam(), small_checkpoint(1, {8, 16}, "32"));
  const std::vector<RgbImageF> wide = test_crops(40, 1);
  RgbImageF tight(32, 32);
  for (int y = 0; y < 32; ++y) std::copy_n(&testing::sample_at(wide[0], 2, y), 96, &testing::sample_at(tight, 0, y));
  RgbViewF part = wide[0].view();
  part.samples += 6;
  part.width = part.height = 32;
  RgbImageF from_part(32, 32), from_tight(32, 32);
  const CropWindow part_window = {part}, tight_window = {tight.view()};
  restorer->restore(&part_window, 1, &from_part);
  restorer->restore(&tight_window, 1, &from_tight);
  EXPECT_EQ(from_part.samples, from_tight.samples);
}

void expect_rejected(const Checkpoint& checkpoint, const std::string& reason) {
  try {
    infer_window_shape(checkpoint);
    ADD_FAILURE() << "accepted: " << reason;
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kModelRejected);
    EXPECT_NE(std::string(error.what()).find(reason), std::string::npos) << error.what();
  }
}

TEST(WindowShape, RefusesWhatIsNotExactlyANetwork) {
  const Checkpoint good = small_checkpoint(3, {8, 16}, "32");
  EXPECT_EQ(infer_window_shape(good).encoder_blocks, (std::vector<int>{1, 2}));

  Checkpoint checkpoint = good;
  checkpoint.tensors.erase("last.bias");
  expect_rejected(checkpoint, "'last.bias'");

  checkpoint = good;
  checkpoint.tensors["surplus"] = checkpoint.tensors.at("last.bias");
  expect_rejected(checkpoint, "'surplus'");

  checkpoint = good;
  checkpoint.tensors.at("down.0.weight").shape[0] = 15;
  expect_rejected(checkpoint, "'down.0.weight'");

  expect_rejected(small_checkpoint(2, {8, 16}, "32"), "no middle frame");
  for (const char* size : {"", "33", "0", "4096", "-32", "99999999999999999999"}) {
    expect_rejected(small_checkpoint(3, {8, 16}, size), "crop_size");
  }
  checkpoint = good;
  for (const char* part : {".conv1.weight", ".conv1.bias", ".conv2.weight", ".conv2.bias"}) {
    checkpoint.tensors.erase(std::string("decoder.0.0") + part);
  }
  expect_rejected(checkpoint, "0 decoder levels");
}

}  // namespace
}  // namespace reelface
