// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>

#include "reelface/core/cancel_token.h"
#include "reelface/pipeline/line.h"

namespace reelface {

/// Wraps the calls of one stage: measures them, names the stage and frame in whatever they throw, and stops at once
/// when an abort was asked for. Thread-safety: run() is safe.
class StageRunner {
 public:
  StageRunner(std::string name, const CancelToken* cancel) : name_(std::move(name)), cancel_(cancel) {}

  /// The group was handed to this stage and waits.
  void enqueue();

  void run(const FrameGroup& group, const std::function<void()>& work);

  /// Of the step that has no group before its work, but makes one. None: there is nothing more to read.
  FrameGroupPtr read(FrameSource& source);

  StageStatistics statistics() const;

 private:
  void check_abort() const;
  void measure(const std::function<void()>& work);
  void count(const FrameGroup& group);

  std::string name_;
  const CancelToken* cancel_;
  std::atomic<std::int64_t> groups_{0};
  std::atomic<std::int64_t> frames_{0};
  std::atomic<std::int64_t> busy_nanoseconds_{0};
  std::atomic<std::int64_t> cpu_nanoseconds_{0};
  std::atomic<std::int64_t> waiting_{0};
  std::atomic<std::int64_t> longest_queue_{0};
};

/// A runner for reading, for every step of a line and for writing, and the way to their statistics.
class StageRunners {
 public:
  StageRunners(const Line& line, const CancelToken* cancel);

  StageRunner read, write;

  StageRunner& of_step(std::size_t place) { return steps_[place]; }
  /// Of the step behind that one, or of writing.
  StageRunner& behind_step(std::size_t place) { return place + 1 < steps_.size() ? steps_[place + 1] : write; }
  /// Of the first step, or of writing if the line has none.
  StageRunner& first() { return steps_.empty() ? write : steps_.front(); }

  std::vector<StageStatistics> statistics() const;

 private:
  std::deque<StageRunner> steps_;
};

/// Hands the group to a look-ahead stage, or the flush to it when this is the last group, and gives back what is
/// released.
std::vector<FrameGroupPtr> release_from(const LookAhead& look_ahead, const FrameGroupPtr& group);

}  // namespace reelface
