// SPDX-License-Identifier: Apache-2.0
#include "inference/engine/batching_enhancer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

/// What the networks of a test were asked for.
struct Calls {
  std::mutex mutex;
  std::vector<int> batches;
  std::set<std::thread::id> threads;
  int threads_per_batch = 0;  ///< as told by the enhancer
  bool throwing = false;      ///< an exception of an earlier try is still alive
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
  ModelTraits traits() const override { return {3}; }
  std::string description() const override { return "fake"; }
  std::int64_t bytes_per_crop() const override { return 1; }
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override {
    const std::lock_guard lock(calls_.mutex);
    calls_.batches.push_back(count);
    calls_.threads.insert(std::this_thread::get_id());
    calls_.throwing = calls_.throwing || std::uncaught_exceptions() > 0 || std::current_exception() != nullptr;
    if (count > capacity_) throw DeviceOutOfMemory("injected");
    for (int i = 0; i < count; ++i) {
      for (std::size_t k = 0; k < restored[i].samples.size(); ++k)
        restored[i].samples[k] = windows[i][1].samples[k] + step_;
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
    list.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) list.push_back(CropWindow(3, crops_[static_cast<std::size_t>(i)].view()));
    return list;
  }

  BatchingEnhancer::UseThreads use_threads() {
    return [this](int threads) {
      const std::lock_guard lock(calls_.mutex);
      calls_.threads_per_batch = threads;
    };
  }

  BatchingEnhancer make_enhancer(int capacity, const Feeding& feeding, BatchingEnhancer::MakeNetwork fallback = {}) {
    return BatchingEnhancer(std::make_unique<FakeNetwork>(calls_, capacity, 0.5F), feeding, use_threads(),
                            std::move(fallback));
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
  BatchingEnhancer enhancer = make_enhancer(100, {4, 1, 1});
  expect_restored(enhancer, 6, 0.5F);
  EXPECT_EQ(calls_.batches, (std::vector<int>{4, 4}));
  EXPECT_EQ(enhancer.description(), "fake, 1 x 4 at a time");
}

/// One whose tensors are so large that only a few crops can be counted in 32 bits.
class LargeFakeNetwork : public FakeNetwork {
 public:
  LargeFakeNetwork(Calls& calls, std::int64_t numbers) : FakeNetwork(calls, 1000, 0.5F), numbers_(numbers) {}
  std::int64_t largest_tensor_of_crop() const override { return numbers_; }

 private:
  std::int64_t numbers_;
};

TEST_F(BatchingEnhancerTest, NoTensorOfABatchPassesWhatIsCountedIn32Bits) {
  constexpr std::int64_t kTooMany = std::int64_t{1} << 31;
  const std::vector<std::pair<std::int64_t, int>> batches = {
      {kTooMany / 4, 3}, {kTooMany / 4 - 1, 4}, {kTooMany, 1}, {4 * kTooMany, 1}, {1, 20}};
  for (const auto& [numbers, batch] : batches) {
    calls_.batches.clear();
    BatchingEnhancer enhancer(std::make_unique<LargeFakeNetwork>(calls_, numbers), {20, 1, 1}, use_threads(), {});
    expect_restored(enhancer, 20, 0.5F);
    EXPECT_EQ(calls_.batches.front(), batch) << numbers << " numbers for a crop";
  }
}

TEST_F(BatchingEnhancerTest, NothingToDoIsDone) {
  BatchingEnhancer enhancer = make_enhancer(100, {4, 1, 1});
  expect_restored(enhancer, 0, 0.5F);
  EXPECT_TRUE(calls_.batches.empty());
}

TEST_F(BatchingEnhancerTest, GoesOnWithSmallerBatchesForGoodWhenMemoryRunsOut) {
  BatchingEnhancer enhancer = make_enhancer(2, {8, 1, 1});
  expect_restored(enhancer, 5, 0.5F);
  EXPECT_EQ(calls_.batches, (std::vector<int>{8, 4, 2, 2, 2}));
  EXPECT_EQ(warnings_, 2);
  expect_restored(enhancer, 2, 0.5F);
  EXPECT_EQ(calls_.batches.back(), 2) << "does not try the large batch again";
  EXPECT_EQ(calls_.batches.size(), 6U);
  EXPECT_FALSE(calls_.throwing) << "the next try starts when the exception, and what it holds, is gone";
}

TEST_F(BatchingEnhancerTest, FallsBackToTheOtherNetworkAtLast) {
  BatchingEnhancer enhancer = make_enhancer(0, {2, 1, 1}, [this] {
    EXPECT_EQ(calls_.live_networks, 0) << "the first network's memory is free";
    return std::make_unique<FakeNetwork>(calls_, 1, 0.25F);
  });
  expect_restored(enhancer, 3, 0.25F);
  EXPECT_EQ(calls_.batches, (std::vector<int>{2, 1, 1, 1, 1}));
}

TEST_F(BatchingEnhancerTest, SaysWhatItHasFallenBackTo) {
  Feeding feeding = {2, 1, 1};
  feeding.fallback_threads = 5;
  BatchingEnhancer enhancer =
      make_enhancer(0, feeding, [this] { return std::make_unique<FakeNetwork>(calls_, 1, 0.25F); });
  EXPECT_EQ(enhancer.fallback(), "");
  expect_restored(enhancer, 1, 0.25F);
  EXPECT_EQ(enhancer.fallback(), "fake");
  EXPECT_EQ(calls_.threads_per_batch, 5) << "beside a card one core is enough, in its place all are wanted";
  BatchingEnhancer small = make_enhancer(1, feeding);
  expect_restored(small, 2, 0.5F);
  EXPECT_EQ(small.fallback(), "") << "fewer at a time is no fallback";
}

TEST_F(BatchingEnhancerTest, RefusesAnotherBatchWhereItsBitsMayDiffer) {
  Feeding feeding = {4, 1, 1};
  feeding.keeps_batch = true;
  BatchingEnhancer enhancer = make_enhancer(2, feeding);
  try {
    enhancer.enhance(windows(3));
    FAIL() << "restored in other batches";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kOutOfMemory);
    EXPECT_NE(error.advice().find("--deterministic"), std::string::npos);
  }
  feeding = {1, 4, 4};
  feeding.keeps_batch = true;
  BatchingEnhancer side_by_side = make_enhancer(1, feeding);
  expect_restored(side_by_side, 8, 0.5F);
}

TEST_F(BatchingEnhancerTest, LanesRunOnThreadsOfTheirOwnAndShareTheCores) {
  BatchingEnhancer enhancer = make_enhancer(9, {1, 3, 7});
  expect_restored(enhancer, 20, 0.5F);
  EXPECT_EQ(calls_.batches, std::vector<int>(20, 1));
  EXPECT_EQ(calls_.threads.count(std::this_thread::get_id()), 0U);
  EXPECT_EQ(calls_.threads_per_batch, 2);
  expect_restored(enhancer, 1, 0.5F);
  EXPECT_EQ(calls_.threads_per_batch, 7) << "a single face gets all cores";
  BatchingEnhancer small = make_enhancer(9, {1, 3, 7, false});
  expect_restored(small, 1, 0.5F);
  EXPECT_EQ(calls_.threads_per_batch, 1) << "unless the network is too small for that";
}

TEST_F(BatchingEnhancerTest, GivesUpLanesBeforeBatchesAndRestoresWhatIsLeft) {
  BatchingEnhancer enhancer = make_enhancer(1, {2, 4, 4});
  expect_restored(enhancer, 20, 0.5F);
  EXPECT_EQ(warnings_, 3) << "two lanes, one lane, batches of one";
  EXPECT_EQ(enhancer.description(), "fake, 1 x 1 at a time");
  EXPECT_EQ(std::count(calls_.batches.begin(), calls_.batches.end(), 1), 20);
}

TEST_F(BatchingEnhancerTest, GivesUpWithItsOwnExitCodeWhenNothingIsLeft) {
  BatchingEnhancer enhancer = make_enhancer(0, {2, 1, 1});
  try {
    enhancer.enhance(windows(1));
    FAIL() << "restored without memory";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kOutOfMemory);
    EXPECT_FALSE(error.advice().empty());
  }
}

TEST_F(BatchingEnhancerTest, RefusesWindowsThatDoNotFit) {
  BatchingEnhancer enhancer = make_enhancer(9, {2, 1, 1});
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
