// SPDX-License-Identifier: Apache-2.0
#include "inference/engine/shared_lanes.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "core/worker_threads.h"

namespace reelface {
namespace {

constexpr int kSide = 4;
constexpr float kPoison = 0.75F;

/// Lets callers through once it is opened; counts those that have come.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++come_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return is_open_; });
  }
  void wait_for(int callers) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return come_ >= callers; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int come_ = 0;
  bool is_open_ = false;
};

/// What happened on the lanes.
struct Record {
  std::mutex mutex;
  std::vector<std::size_t> batches;
  std::atomic<int> at_once{0};
  std::atomic<int> most_at_once{0};
};

/// Half of each sample; fails on windows that hold kPoison.
class HalvingLane : public FaceEnhancer {
 public:
  explicit HalvingLane(Record& record, Gate* gate = nullptr) : record_(record), gate_(gate) {}
  int crop_size() const override { return kSide; }
  ModelTraits traits() const override { return {}; }
  std::string description() const override { return "halving"; }
  std::string fallback() const override { return fallback_; }

  std::vector<RgbImageF> enhance(const std::vector<CropWindow>& windows) override {
    const int now = ++record_.at_once;
    for (int most = record_.most_at_once; now > most && !record_.most_at_once.compare_exchange_weak(most, now);) {
    }
    if (gate_ != nullptr) gate_->pass();
    {
      const std::lock_guard lock(record_.mutex);
      record_.batches.push_back(windows.size());
    }
    --record_.at_once;
    std::vector<RgbImageF> results;
    for (const CropWindow& window : windows) {
      const RgbViewF& crop = window.front();
      if (crop.samples[0] == kPoison) throw std::runtime_error("poisoned");
      RgbImageF& result = results.emplace_back(kSide, kSide);
      for (std::size_t i = 0; i < result.samples.size(); ++i) result.samples[i] = crop.samples[i] / 2;
    }
    return results;
  }

  std::string fallback_;

 private:
  Record& record_;
  Gate* gate_;
};

RgbImageF crop_of(float value) {
  RgbImageF crop(kSide, kSide);
  for (float& sample : crop.samples) sample = value;
  return crop;
}

std::vector<RgbImageF> crops_of(int first, int count) {
  std::vector<RgbImageF> crops;
  crops.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) crops.push_back(crop_of(static_cast<float>(first + i)));
  return crops;
}

std::vector<CropWindow> windows_of(const std::vector<RgbImageF>& crops) {
  std::vector<CropWindow> windows;
  windows.reserve(crops.size());
  for (const RgbImageF& crop : crops) windows.push_back({crop.view()});
  return windows;
}

std::vector<std::unique_ptr<FaceEnhancer>> lanes_of(int count, Record& record, Gate* gate = nullptr) {
  std::vector<std::unique_ptr<FaceEnhancer>> lanes;
  lanes.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) lanes.push_back(std::make_unique<HalvingLane>(record, gate));
  return lanes;
}

bool are_halves(const std::vector<RgbImageF>& results, const std::vector<RgbImageF>& crops) {
  if (results.size() != crops.size()) return false;
  for (std::size_t i = 0; i < crops.size(); ++i) {
    if (results[i].samples.size() != crops[i].samples.size()) return false;
    if (results[i].samples.front() != crops[i].samples.front() / 2) return false;
    if (results[i].samples.back() != crops[i].samples.back() / 2) return false;
  }
  return true;
}

TEST(SharedLanes, GivesEveryCallerItsOwnInOrder) {
  Record record;
  SharedLanes lanes(lanes_of(2, record), 4);
  WorkerThreads callers(6);
  std::atomic<int> right{0};
  callers.run(60, [&](std::size_t call) {
    const std::vector<RgbImageF> crops = crops_of(100 * static_cast<int>(call), static_cast<int>(call % 7));
    right += are_halves(lanes.enhance(windows_of(crops)), crops) ? 1 : 0;
  });
  EXPECT_EQ(right, 60);
  EXPECT_LE(record.most_at_once, 2);
}

TEST(SharedLanes, CutsLargeOrdersIntoBatches) {
  Record record;
  SharedLanes lanes(lanes_of(1, record), 4);
  const std::vector<RgbImageF> crops = crops_of(0, 10);
  EXPECT_TRUE(are_halves(lanes.enhance(windows_of(crops)), crops));
  EXPECT_EQ(record.batches, (std::vector<std::size_t>{4, 4, 2}));
}

/// While the lane works on one caller's windows, others queue; then they go together.
TEST(SharedLanes, QueuedCallersShareABatch) {
  Record record;
  Gate gate;
  SharedLanes lanes(lanes_of(1, record, &gate), 8);
  constexpr int kCallers = 4;
  std::atomic<int> right{0};
  std::vector<std::thread> callers;
  const auto call = [&](int caller) {
    const std::vector<RgbImageF> crops = crops_of(10 * caller, 2);
    right += are_halves(lanes.enhance(windows_of(crops)), crops) ? 1 : 0;
  };
  callers.emplace_back(call, 0);
  gate.wait_for(1);
  for (int caller = 1; caller < kCallers; ++caller) callers.emplace_back(call, caller);
  while (lanes.queued() < kCallers - 1) std::this_thread::yield();
  gate.open();
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(right, kCallers);
  EXPECT_EQ(record.batches, (std::vector<std::size_t>{2, 6}));
}

TEST(SharedLanes, BothLanesWorkAtTheSameTime) {
  Record record;
  Gate gate;
  SharedLanes lanes(lanes_of(2, record, &gate), 8);
  const std::vector<RgbImageF> crops = crops_of(0, 3);
  std::thread first([&] { lanes.enhance(windows_of(crops)); });
  std::thread second([&] { lanes.enhance(windows_of(crops)); });
  gate.wait_for(2);
  gate.open();
  first.join();
  second.join();
  EXPECT_EQ(record.most_at_once, 2);
}

TEST(SharedLanes, AFailureReachesThoseItConcernsAndTheLaneGoesOn) {
  Record record;
  SharedLanes lanes(lanes_of(1, record), 2);
  std::vector<RgbImageF> crops = crops_of(0, 9);
  crops[2] = crop_of(kPoison);
  EXPECT_THROW(lanes.enhance(windows_of(crops)), std::runtime_error);
  const std::vector<RgbImageF> good = crops_of(20, 5);
  EXPECT_TRUE(are_halves(lanes.enhance(windows_of(good)), good));
}

TEST(SharedLanes, NoWindowsNoWork) {
  Record record;
  SharedLanes lanes(lanes_of(1, record), 2);
  EXPECT_TRUE(lanes.enhance({}).empty());
  EXPECT_TRUE(record.batches.empty());
}

TEST(SharedLanes, SaysWhatItsLanesSay) {
  Record record;
  auto lane = std::make_unique<HalvingLane>(record);
  HalvingLane& only = *lane;
  std::vector<std::unique_ptr<FaceEnhancer>> one;
  one.push_back(std::move(lane));
  LaneGuest guest(std::make_shared<SharedLanes>(std::move(one), 2));
  EXPECT_EQ(guest.description(), "halving");
  EXPECT_EQ(guest.crop_size(), kSide);
  EXPECT_EQ(guest.fallback(), "");
  only.fallback_ = "on the processor";
  const std::vector<RgbImageF> crops = crops_of(1, 1);
  guest.enhance(windows_of(crops));
  EXPECT_EQ(guest.fallback(), "on the processor");
  EXPECT_EQ(SharedLanes(lanes_of(3, record), 2).description(), "halving, in 3 lanes");
}

}  // namespace
}  // namespace reelface
