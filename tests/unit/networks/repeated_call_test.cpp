// SPDX-License-Identifier: Apache-2.0
#include "networks/engine/repeated_call.h"

#include <c10/core/InferenceMode.h>
#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "reelface/core/log.h"

namespace reelface {
namespace {

/// A device that has so much memory, and what is asked of it.
struct FakeDevice {
  std::int64_t needed = 100, free = 1000;
  std::string problem;  ///< that recording has
  bool rounds = false;  ///< a recording gives other bits
  int rehearsed = 0, recorded = 0, replayed = 0, living = 0;
  std::function<void()> last_work;  ///< what was started on it, with the memory it works in
};

/// Keeps what the work has started.
class FakeRecorder : public WorkRecorder {
 public:
  explicit FakeRecorder(FakeDevice& device) : device_(device) { ++device_.living; }
  ~FakeRecorder() override { --device_.living; }
  std::int64_t rehearse(const Work& work) override {
    ++device_.rehearsed;
    work();
    return device_.needed;
  }
  std::int64_t free_bytes() override { return device_.free; }
  void record(const Work& work) override {
    ++device_.recorded;
    if (!device_.problem.empty()) throw std::runtime_error(device_.problem);
    work();
    started_ = device_.last_work;
  }
  void replay() override {
    ++device_.replayed;
    started_();
  }

 private:
  FakeDevice& device_;
  std::function<void()> started_;
};

class RepeatedCallTest : public ::testing::Test {
 protected:
  RepeatedCallTest() {
    set_log_sink([this](LogLevel level, std::string_view text) {
      if (level == LogLevel::kWarning) warnings_.emplace_back(text);
    });
  }
  ~RepeatedCallTest() override { set_log_sink({}); }

  RepeatedCall make_call() {
    return RepeatedCall(
        [this](const at::Tensor& input) {
          ++called_;
          if (fails_) throw std::runtime_error("out of memory");
          at::Tensor output = input * 2;
          const double off = device_.rounds ? 1 : 0;
          device_.last_work = [input, output, off] { at::Tensor(output).copy_(input).mul_(2).add_(off); };
          return output;
        },
        [this](const at::Device&) { return std::make_unique<FakeRecorder>(device_); });
  }

  static double result(const RepeatedCall& call, double number, std::int64_t size = 1) {
    return call(at::full({size}, number))[0].item<double>();
  }

  const c10::InferenceMode no_training_;
  FakeDevice device_;
  int called_ = 0;
  bool fails_ = false;
  std::vector<std::string> warnings_;
};

TEST_F(RepeatedCallTest, RecordsAShapeThatComesAgainAndReplaysIt) {
  const RepeatedCall call = make_call();
  EXPECT_EQ(result(call, 1), 2);
  EXPECT_EQ(device_.rehearsed, 0) << "a shape that comes but once is not worth it";
  EXPECT_EQ(result(call, 2), 4);
  EXPECT_EQ(device_.rehearsed, 1);
  EXPECT_EQ(device_.recorded, 1);
  for (int number = 3; number < 6; ++number) EXPECT_EQ(result(call, number), 2 * number);
  EXPECT_EQ(device_.recorded, 1);
  EXPECT_EQ(device_.replayed, 1 + 3) << "once to see that the bits are the same";
  EXPECT_TRUE(warnings_.empty());
}

TEST_F(RepeatedCallTest, ARecordingThatFailsIsGivenUpForGoodAndSaidOnce) {
  device_.problem = "CUDA error: operation failed due to a previous error during capture\nmore words";
  const RepeatedCall call = make_call();
  for (int number = 1; number < 5; ++number) EXPECT_EQ(result(call, number), 2 * number);
  for (int number = 1; number < 5; ++number) EXPECT_EQ(result(call, number, 3), 2 * number);
  EXPECT_EQ(device_.recorded, 1);
  EXPECT_EQ(device_.replayed, 0);
  EXPECT_EQ(device_.living, 0) << "what it held is free";
  ASSERT_EQ(warnings_.size(), 1U);
  EXPECT_EQ(
      warnings_[0],
      "the network runs without CUDA graphs, somewhat slower: CUDA error: operation failed due to a previous error "
      "during capture");
}

TEST_F(RepeatedCallTest, WithoutMemoryForARecordingNoneIsMade) {
  device_.needed = 100 << 20;
  device_.free = 120 << 20;
  const RepeatedCall call = make_call();
  for (int number = 1; number < 5; ++number) EXPECT_EQ(result(call, number), 2 * number);
  EXPECT_EQ(device_.recorded, 0);
  ASSERT_EQ(warnings_.size(), 1U);
  EXPECT_NE(warnings_[0].find("100 MiB, and 120 MiB are free"), std::string::npos) << warnings_[0];
}

TEST_F(RepeatedCallTest, ARecordingWithOtherBitsIsNotUsed) {
  device_.rounds = true;
  const RepeatedCall call = make_call();
  EXPECT_EQ(result(call, 1), 2);
  EXPECT_EQ(result(call, 2), 4);
  EXPECT_EQ(device_.replayed, 1);
  result(call, 3);
  EXPECT_EQ(device_.replayed, 1);
  EXPECT_EQ(warnings_.size(), 1U);
}

TEST_F(RepeatedCallTest, KeepsFewShapes) {
  const RepeatedCall call = make_call();
  const auto most = static_cast<int>(RepeatedCall::kMostShapes);
  for (int round = 0; round < 3; ++round) {
    for (int size = 1; size <= most + 2; ++size) EXPECT_EQ(result(call, size, size), 2 * size);
  }
  EXPECT_EQ(device_.recorded, most);
  EXPECT_EQ(device_.living, most);
  EXPECT_TRUE(warnings_.empty());
}

TEST_F(RepeatedCallTest, WhenACallFailsRecordingsLetTheirMemoryGo) {
  const RepeatedCall call = make_call();
  for (int number = 1; number < 4; ++number) result(call, number);
  ASSERT_EQ(device_.living, 1);
  fails_ = true;
  EXPECT_THROW(result(call, 1, 2), std::runtime_error);
  EXPECT_EQ(device_.living, 0) << "the next try has the memory they kept";
  fails_ = false;
  for (int number = 1; number < 4; ++number) EXPECT_EQ(result(call, number), 2 * number);
  EXPECT_EQ(device_.recorded, 2) << "and begins anew";
}

TEST_F(RepeatedCallTest, NothingIsRecordedWhileAModelIsLoadedElsewhere) {
  const RepeatedCall call = make_call();
  std::promise<void> is_loading, may_end;
  std::thread loader([&] {
    const std::lock_guard loading(loading_of_models());
    is_loading.set_value();
    may_end.get_future().wait();
  });
  is_loading.get_future().wait();
  for (int number = 1; number < 4; ++number) EXPECT_EQ(result(call, number), 2 * number);
  EXPECT_EQ(device_.rehearsed, 0);
  may_end.set_value();
  loader.join();
  EXPECT_EQ(result(call, 5), 10);
  EXPECT_EQ(device_.recorded, 1) << "later";
}

TEST_F(RepeatedCallTest, TheOneThatLoadsMayRecord) {
  const RepeatedCall call = make_call();
  const std::lock_guard loading(loading_of_models());
  for (int number = 1; number < 4; ++number) result(call, number);
  EXPECT_EQ(device_.recorded, 1);
}

TEST(RepeatedCall, OnAProcessorItIsThePlainCall) {
  int called = 0;
  const RepeatedCall call([&](const at::Tensor& input) {
    ++called;
    return input + 1;
  });
  for (int i = 0; i < 3; ++i) EXPECT_EQ(call(at::zeros({1})).item<double>(), 1);
  EXPECT_EQ(called, 3);
}

}  // namespace
}  // namespace reelface
