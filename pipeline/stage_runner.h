#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <string>

#include "reelface/core/cancel_token.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// Wraps the calls of one stage: measures them, names the stage and frame in whatever they throw, and stops at once
/// when an abort was asked for. Thread-safety: run() is safe.
class StageRunner {
 public:
  StageRunner(std::string name, const CancelToken* cancel) : name_(std::move(name)), cancel_(cancel) {}

  /// The group was handed to this stage and waits.
  void enqueue();

  void run(const FrameGroup& group, const std::function<void()>& work);

  StageStatistics statistics() const;

 private:
  std::string name_;
  const CancelToken* cancel_;
  std::atomic<std::int64_t> groups_{0};
  std::atomic<std::int64_t> frames_{0};
  std::atomic<std::int64_t> busy_nanoseconds_{0};
  std::atomic<std::int64_t> cpu_nanoseconds_{0};
  std::atomic<std::int64_t> waiting_{0};
  std::atomic<std::int64_t> longest_queue_{0};
};

/// One runner for every stage, in order, and the way to their statistics.
struct StageRunners {
  explicit StageRunners(const Stages& stages, const CancelToken* cancel);

  StageRunner read, detect, track, identify, align, gather, restore, blend, paste, write;

  std::vector<StageStatistics> statistics() const;
};

/// Hands the group to a look-ahead stage, or the flush to it when this is the last group, and gives back what is
/// released.
std::vector<FrameGroupPtr> release_from(const LookAhead& look_ahead, const FrameGroupPtr& group);

}  // namespace reelface
