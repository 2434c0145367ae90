// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "reelface/pipeline/stage.h"

namespace reelface {

/// One step on the way of a frame.
using Step = std::variant<Stage, LookAhead>;

const std::string& name_of(const Step& step);

/// The steps between reading and writing, in the order a frame meets them. Whoever runs the line puts groups in order
/// where a step needs that. A value: copies share what their steps hold.
class Line {
 public:
  using Work = std::function<void(FrameGroup&)>;
  using WorkAround = std::function<void(FrameGroup&, const Work&)>;

  void add(Step step) { steps_.push_back(std::move(step)); }
  const std::vector<Step>& steps() const { return steps_; }
  bool has(const std::string& name) const;

  // Hooks. They do nothing if the line has no step of that name. Look-ahead steps have no hooks, because the groups
  // they are given and the groups they give back are not the same.

  /// Runs `work` on every group before, or after, the step has it; on the same thread, as part of the step.
  void before(const std::string& name, Work work);
  void after(const std::string& name, Work work);
  /// Runs `work` in the step's place; it is given the step's own work.
  void around(const std::string& name, const WorkAround& work);

  /// Inserts a step before, or behind, the named one; at the end if the line has no such step.
  void insert_before(const std::string& name, Step step);
  void insert_behind(const std::string& name, Step step);

  /// The steps behind the named one alone; none if the line has no such step.
  Line behind(const std::string& name) const;

  /// Calls `hook` once, as soon as the last frame has been read; the line is still at work then.
  void when_all_is_read(std::function<void()> hook);
  void all_is_read() const;

 private:
  Stage* stage(const std::string& name);

  std::vector<Step> steps_;
  std::vector<std::function<void()>> when_all_is_read_;
};

}  // namespace reelface
