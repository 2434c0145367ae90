// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "reelface/pipeline/frame_group.h"
#include "reelface/pipeline/step_needs.h"

namespace reelface {

/// How many groups a stage may work on at once. Stages that keep nothing between groups are parallel.
enum class Concurrency { kParallel, kSerial };

/// A step that changes groups in place. An empty `run` passes them on. Serial ones see groups in display order.
struct Stage {
  std::string name;
  Concurrency concurrency = Concurrency::kParallel;
  std::function<void(FrameGroup&)> run;
  /// How many groups a parallel stage works on at once; more would only wait. 0 = as many as there are threads.
  std::size_t most_at_once = 0;
  StepNeeds needs{};
};

/// A step that needs the future: it may hold groups back and lets each go once it has seen enough. Called in order, one
/// group at a time. Every group taken must be given back exactly once, in order; flush() gives back what is left.
class LookAheadStage {
 public:
  virtual ~LookAheadStage() = default;
  virtual std::vector<FrameGroupPtr> take(FrameGroupPtr group) = 0;
  virtual std::vector<FrameGroupPtr> flush() = 0;
};

/// A look-ahead stage with its name. What it needs says how many groups it holds at most.
struct LookAhead {
  std::string name;
  std::shared_ptr<LookAheadStage> stage;  ///< none = pass on
  StepNeeds needs{};
};

/// Where groups come from: numbered from 0. After the last frame comes one empty group with `is_last`, then no value.
class FrameSource {
 public:
  virtual ~FrameSource() = default;
  virtual FrameGroupPtr next() = 0;
};

/// Where groups go, in order.
class FrameSink {
 public:
  virtual ~FrameSink() = default;
  virtual void write(FrameGroup& group) = 0;
};

/// What one stage did.
struct StageStatistics {
  std::string name;
  std::int64_t groups = 0;
  std::int64_t frames = 0;
  double busy_seconds = 0;        ///< wall time inside the stage, added up over threads
  double cpu_seconds = 0;         ///< of the threads that ran the stage; a library's own threads are not counted
  std::size_t longest_queue = 0;  ///< groups that waited for it at once
};

struct RunStatistics {
  std::int64_t frames = 0;
  double wall_seconds = 0;
  std::vector<StageStatistics> stages;
};

}  // namespace reelface
