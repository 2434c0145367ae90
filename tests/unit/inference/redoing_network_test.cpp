// SPDX-License-Identifier: Apache-2.0
#include "inference/engine/redoing_network.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "core/finite.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

/// Adds `step`; what is above `largest` becomes infinite, as numbers of half the precision do.
class FakeNetwork : public CropNetwork {
 public:
  FakeNetwork(float step, float largest, std::vector<int>* batches = nullptr)
      : step_(step), largest_(largest), batches_(batches) {}
  int crop_size() const override { return 2; }
  ModelTraits traits() const override { return {1, false, WorksOn::kCrops, 2}; }
  std::string description() const override { return "fp16 fake"; }
  std::int64_t bytes_per_crop() const override { return 7; }
  int reach() const override { return 5; }
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override {
    if (batches_) batches_->push_back(count);
    for (int i = 0; i < count; ++i) {
      for (std::size_t k = 0; k < restored[i].samples.size(); ++k)
        restored[i].samples[k] = result_of(windows[i][0].samples[k]);
    }
  }
  void enlarge(const CropWindow* windows, int count, BothSizes* results) const override {
    for (int i = 0; i < count; ++i) {
      results[i] = {RgbImageF(2, 2), RgbImageF(4, 4)};
      restore(&windows[i], 1, &results[i].once);
      for (float& sample : results[i].enlarged.samples) sample = result_of(windows[i][0].samples[0]);
    }
  }

 private:
  float result_of(float sample) const { return sample > largest_ ? kInfinity : sample + step_; }

  float step_, largest_;
  std::vector<int>* batches_;
};

class RedoingNetworkTest : public ::testing::Test {
 protected:
  RedoingNetworkTest() {
    set_log_sink([this](LogLevel level, std::string_view) { warnings_ += level == LogLevel::kWarning; });
    for (const float shade : {0.1F, 0.9F, 0.2F, 0.8F}) {
      RgbImageF& crop = crops_.emplace_back(2, 2);
      crop.samples.assign(crop.samples.size(), shade);
    }
    for (const RgbImageF& crop : crops_) windows_.push_back({crop.view()});
  }
  ~RedoingNetworkTest() override { set_log_sink({}); }

  std::vector<float> shades_restored_by(const CropNetwork& network) const {
    std::vector<RgbImageF> restored(windows_.size(), RgbImageF(2, 2));
    network.restore(windows_.data(), static_cast<int>(windows_.size()), restored.data());
    std::vector<float> shades;
    shades.reserve(restored.size());
    for (const RgbImageF& image : restored) shades.push_back(image.samples.back());
    return shades;
  }

  std::vector<RgbImageF> crops_;
  std::vector<CropWindow> windows_;
  int warnings_ = 0;
};

TEST_F(RedoingNetworkTest, RestoresOnlyWhatOverflowedAgain) {
  std::vector<int> again;
  int made = 0;
  const RedoingNetwork network(std::make_unique<FakeNetwork>(1, 0.5F), [&] {
    ++made;
    return std::make_unique<FakeNetwork>(2, 1, &again);
  });
  EXPECT_EQ(made, 0) << "it takes memory, and as a rule nothing overflows";
  EXPECT_EQ(shades_restored_by(network), (std::vector<float>{1.1F, 2.9F, 1.2F, 2.8F}));
  EXPECT_EQ(again, (std::vector<int>{1, 1})) << "alone, so that company makes no difference";
  shades_restored_by(network);
  EXPECT_EQ(made, 1);
  EXPECT_EQ(warnings_, 1);
  EXPECT_EQ(network.description(), "fp16 fake");
  EXPECT_EQ(network.reach(), 5);
  EXPECT_EQ(network.bytes_per_crop(), 7);
}

TEST_F(RedoingNetworkTest, LeavesWhatOverflowsInFp32AsWell) {
  const RedoingNetwork network(std::make_unique<FakeNetwork>(1, 0.5F),
                               [] { return std::make_unique<FakeNetwork>(2, 0.85F); });
  EXPECT_EQ(shades_restored_by(network), (std::vector<float>{1.1F, kInfinity, 1.2F, 2.8F}));
}

TEST_F(RedoingNetworkTest, GoesWithoutWhenThereIsNoMemoryForTheOther) {
  const RedoingNetwork network(std::make_unique<FakeNetwork>(1, 0.5F),
                               []() -> std::unique_ptr<CropNetwork> { throw DeviceOutOfMemory("injected"); });
  EXPECT_EQ(shades_restored_by(network), (std::vector<float>{1.1F, kInfinity, 1.2F, kInfinity}));
}

TEST_F(RedoingNetworkTest, ItsOwnMissingMemoryIsTold) {
  class Full : public FakeNetwork {
   public:
    Full() : FakeNetwork(1, 1) {}
    void restore(const CropWindow*, int, RgbImageF*) const override { throw DeviceOutOfMemory("injected"); }
  };
  const RedoingNetwork network(std::make_unique<Full>(), [] { return std::make_unique<FakeNetwork>(2, 1); });
  EXPECT_THROW(shades_restored_by(network), DeviceOutOfMemory);
}

TEST_F(RedoingNetworkTest, EnlargesAgainLikewise) {
  const RedoingNetwork network(std::make_unique<FakeNetwork>(1, 0.5F),
                               [] { return std::make_unique<FakeNetwork>(2, 1); });
  std::vector<BothSizes> results(4);
  network.enlarge(windows_.data(), 4, results.data());
  EXPECT_EQ(results[0].enlarged.samples.back(), 1.1F);
  EXPECT_EQ(results[1].enlarged.samples.back(), 2.9F);
  EXPECT_EQ(results[3].once.samples.back(), 2.8F);
}

}  // namespace
}  // namespace reelface
