// SPDX-License-Identifier: Apache-2.0
#include "pipeline/graph/stage_runner.h"

#include <ctime>
#include <exception>
#include <stdexcept>

#include "reelface/core/error.h"

namespace reelface {
namespace {

std::int64_t thread_cpu_nanoseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

void raise_to(std::atomic<std::int64_t>& highest, std::int64_t value) {
  std::int64_t seen = highest.load(std::memory_order_relaxed);
  while (seen < value && !highest.compare_exchange_weak(seen, value, std::memory_order_relaxed)) {
  }
}

std::string where(const std::string& stage, const FrameGroup& group) {
  return group.first_index() < 0 ? stage : stage + ", frame " + std::to_string(group.first_index());
}

}  // namespace

void StageRunner::enqueue() {
  raise_to(longest_queue_, waiting_.fetch_add(1, std::memory_order_relaxed) + 1);
}

void StageRunner::run(const FrameGroup& group, const std::function<void()>& work) {
  waiting_.fetch_sub(1, std::memory_order_relaxed);
  check_abort();
  try {
    measure(work);
  } catch (...) {
    std::throw_with_nested(std::runtime_error(where(name_, group)));
  }
  count(group);
}

FrameGroupPtr StageRunner::read(FrameSource& source) {
  check_abort();
  FrameGroupPtr group;
  try {
    measure([&] { group = source.next(); });
  } catch (...) {
    std::throw_with_nested(std::runtime_error(name_));
  }
  if (group) count(*group);
  return group;
}

void StageRunner::check_abort() const {
  if (cancel_ && cancel_->level() == CancelLevel::kAbort) throw Error(ExitCode::kInterrupted, "interrupted");
}

void StageRunner::measure(const std::function<void()>& work) {
  const auto started = std::chrono::steady_clock::now();
  const std::int64_t cpu_started = thread_cpu_nanoseconds();
  work();
  cpu_nanoseconds_.fetch_add(thread_cpu_nanoseconds() - cpu_started, std::memory_order_relaxed);
  busy_nanoseconds_.fetch_add(
      std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - started).count(),
      std::memory_order_relaxed);
}

void StageRunner::count(const FrameGroup& group) {
  groups_.fetch_add(1, std::memory_order_relaxed);
  frames_.fetch_add(static_cast<std::int64_t>(group.jobs.size()), std::memory_order_relaxed);
}

StageStatistics StageRunner::statistics() const {
  StageStatistics result;
  result.name = name_;
  result.groups = groups_;
  result.frames = frames_;
  result.busy_seconds = static_cast<double>(busy_nanoseconds_) / 1e9;
  result.cpu_seconds = static_cast<double>(cpu_nanoseconds_) / 1e9;
  result.longest_queue = static_cast<std::size_t>(longest_queue_.load());
  return result;
}

StageRunners::StageRunners(const Line& line, const CancelToken* cancel) : read("read", cancel), write("write", cancel) {
  for (const Step& step : line.steps()) steps_.emplace_back(name_of(step), cancel);
}

std::vector<StageStatistics> StageRunners::statistics() const {
  std::vector<StageStatistics> result{read.statistics()};
  for (const StageRunner& step : steps_) result.push_back(step.statistics());
  result.push_back(write.statistics());
  return result;
}

std::vector<FrameGroupPtr> release_from(const LookAhead& look_ahead, const FrameGroupPtr& group) {
  if (!look_ahead.stage) return {group};
  if (!group->is_last) return look_ahead.stage->take(group);
  std::vector<FrameGroupPtr> released = look_ahead.stage->flush();
  released.push_back(group);
  return released;
}

}  // namespace reelface
