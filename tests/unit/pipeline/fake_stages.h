// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "reelface/image/frame.h"
#include "reelface/pipeline/line.h"

namespace reelface::testing {

/// Memory of one 8-bit sample; counts how many such frames are alive.
class CountedStorage : public FrameStorage {
 public:
  CountedStorage(std::uint8_t value, std::shared_ptr<std::atomic<int>> alive,
                 std::shared_ptr<std::atomic<int>> most_alive);
  ~CountedStorage() override;
  Plane plane(int index) const override;
  void make_writable() override {}
  std::unique_ptr<FrameStorage> share() const override;

 private:
  mutable std::uint8_t value_;
  std::shared_ptr<std::atomic<int>> alive_;
  std::shared_ptr<std::atomic<int>> most_alive_;
};

/// `frame_count` tiny frames in groups of `group_size`, then the last group.
class FakeSource : public FrameSource {
 public:
  FakeSource(int frame_count, int group_size) : frame_count_(frame_count), group_size_(group_size) {}
  FrameGroupPtr next() override;
  int most_frames_alive() const { return *most_alive_; }
  int frames_alive() const { return *alive_; }

 private:
  int frame_count_;
  int group_size_;
  int made_ = 0;
  std::size_t sequence_ = 0;
  bool ended_ = false;
  std::shared_ptr<std::atomic<int>> alive_ = std::make_shared<std::atomic<int>>(0);
  std::shared_ptr<std::atomic<int>> most_alive_ = std::make_shared<std::atomic<int>>(0);
};

/// Keeps indices and samples in the order they came.
class FakeSink : public FrameSink {
 public:
  void write(FrameGroup& group) override;
  std::vector<std::int64_t> indices;
  std::vector<std::uint8_t> samples;
};

/// Holds the last `held` groups back.
class HoldingStage : public LookAheadStage {
 public:
  explicit HoldingStage(std::size_t held) : held_(held) {}
  std::vector<FrameGroupPtr> take(FrameGroupPtr group) override;
  std::vector<FrameGroupPtr> flush() override;

 private:
  std::size_t held_;
  std::vector<FrameGroupPtr> waiting_;
};

/// Adds to the sample a number that depends on frame and stage, after work of random length.
Stage delaying_stage(const std::string& name, Concurrency concurrency, unsigned seed);

}  // namespace reelface::testing
