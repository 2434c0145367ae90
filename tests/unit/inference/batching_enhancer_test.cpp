#include "inference/engine/batching_enhancer.h"

#include <gtest/gtest.h>

#include <memory>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

/// What the networks of a test were asked for.
struct Calls {
  std::vector<int> batches;
  bool throwing = false;  ///< an exception of an earlier try is still alive
  int live_networks = 0;
};

/// Adds `step` to the middle crop; has memory for `capacity` crops at a time.
class FakeNetwork : public CropNetwork {
 public:
  FakeNetwork(Calls& calls, int capacity, float step) : calls_(calls), capacity_(capacity), step_(step) {
    ++calls_.live_networks;
  }
  ~FakeNetwork() override { --calls_.live_networks; }
  int crop_size() const override { return 4; }
  int window_length() const override { return 3; }
  std::string description() const override { return "fake"; }
  void restore(const CropWindow* windows, int count, RgbImageF* restored) override {
    calls_.batches.push_back(count);
    calls_.throwing = calls_.throwing || std::uncaught_exceptions() > 0 || std::current_exception() != nullptr;
    if (count > capacity_) throw DeviceOutOfMemory("injected");
    for (int i = 0; i < count; ++i) {
      for (std::size_t k = 0; k < restored[i].samples.size(); ++k) restored[i].samples[k] = windows[i][1].samples[k] + step_;
    }
  }

 private:
  Calls& calls_;
  int capacity_;
  float step_;
};

class BatchingEnhancerTest : public ::testing::Test {
 protected:
  BatchingEnhancerTest() {
    set_log_sink([this](LogLevel level, std::string_view) { warnings_ += level == LogLevel::kWarning; });
    for (int i = 0; i < 20; ++i) {
      RgbImageF& crop = crops_.emplace_back(4, 4);
      for (float& sample : crop.samples) sample = static_cast<float>(i);
    }
  }
  ~BatchingEnhancerTest() override { set_log_sink({}); }

  std::vector<CropWindow> windows(int count) const {
    std::vector<CropWindow> list;
    for (int i = 0; i < count; ++i) list.push_back(CropWindow(3, crops_[static_cast<std::size_t>(i)].view()));
    return list;
  }

  void expect_restored(BatchingEnhancer& enhancer, int count, float step) {
    const std::vector<RgbImageF> restored = enhancer.enhance(windows(count));
    ASSERT_EQ(restored.size(), static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
      for (const float sample : restored[static_cast<std::size_t>(i)].samples) {
        ASSERT_EQ(sample, static_cast<float>(i) + step);
      }
    }
  }

  std::vector<RgbImageF> crops_;
  Calls calls_;
  int warnings_ = 0;
};

TEST_F(BatchingEnhancerTest, EveryBatchHasTheSameSize) {
  BatchingEnhancer enhancer(std::make_unique<FakeNetwork>(calls_, 100, 0.5F), 4, {});
  expect_restored(enhancer, 6, 0.5F);
  EXPECT_EQ(calls_.batches, (std::vector<int>{4, 4}));
  EXPECT_EQ(enhancer.description(), "fake, 4 at a time");
}

TEST_F(BatchingEnhancerTest, NothingToDoIsDone) {
  BatchingEnhancer enhancer(std::make_unique<FakeNetwork>(calls_, 100, 0.5F), 4, {});
  expect_restored(enhancer, 0, 0.5F);
  EXPECT_TRUE(calls_.batches.empty());
}

TEST_F(BatchingEnhancerTest, GoesOnWithSmallerBatchesForGoodWhenMemoryRunsOut) {
  BatchingEnhancer enhancer(std::make_unique<FakeNetwork>(calls_, 2, 0.5F), 8, {});
  expect_restored(enhancer, 5, 0.5F);
  EXPECT_EQ(calls_.batches, (std::vector<int>{8, 4, 2, 2, 2}));
  EXPECT_EQ(warnings_, 2);
  expect_restored(enhancer, 2, 0.5F);
  EXPECT_EQ(calls_.batches.back(), 2) << "does not try the large batch again";
  EXPECT_EQ(calls_.batches.size(), 6U);
  EXPECT_FALSE(calls_.throwing) << "the next try starts when the exception, and what it holds, is gone";
}

TEST_F(BatchingEnhancerTest, FallsBackToTheOtherNetworkAtLast) {
  BatchingEnhancer enhancer(std::make_unique<FakeNetwork>(calls_, 0, 0.5F), 2, [this] {
    EXPECT_EQ(calls_.live_networks, 0) << "the first network's memory is free";
    return std::make_unique<FakeNetwork>(calls_, 1, 0.25F);
  });
  expect_restored(enhancer, 3, 0.25F);
  EXPECT_EQ(calls_.batches, (std::vector<int>{2, 1, 1, 1, 1}));
}

TEST_F(BatchingEnhancerTest, GivesUpWithItsOwnExitCodeWhenNothingIsLeft) {
  BatchingEnhancer enhancer(std::make_unique<FakeNetwork>(calls_, 0, 0.5F), 2, {});
  try {
    enhancer.enhance(windows(1));
    FAIL() << "restored without memory";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kOutOfMemory);
    EXPECT_FALSE(error.advice().empty());
  }
}

TEST_F(BatchingEnhancerTest, RefusesWindowsThatDoNotFit) {
  BatchingEnhancer enhancer(std::make_unique<FakeNetwork>(calls_, 9, 0.5F), 2, {});
  std::vector<CropWindow> list = windows(2);
  list[1].pop_back();
  EXPECT_THROW(enhancer.enhance(list), Error);
  list = windows(2);
  list[1][2].width = 3;
  EXPECT_THROW(enhancer.enhance(list), Error);
  EXPECT_TRUE(calls_.batches.empty());
}

}  // namespace
}  // namespace reelface
