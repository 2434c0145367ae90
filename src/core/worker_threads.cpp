// SPDX-License-Identifier: Apache-2.0
#include "core/worker_threads.h"

#include <algorithm>
#include <utility>

#include "core/started_threads.h"

namespace reelface {

WorkerThreads::WorkerThreads(int count)
    : threads_(start_threads(static_cast<std::size_t>(std::max(count, 0)), [this] { serve(); })) {}

WorkerThreads::~WorkerThreads() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void WorkerThreads::run(std::size_t tasks, const std::function<void(std::size_t)>& work) {
  std::unique_lock lock(mutex_);
  work_ = &work;
  next_task_ = 0;
  tasks_ = tasks;
  failure_ = nullptr;
  wake_.notify_all();
  if (threads_.empty()) take_tasks(lock);
  finished_.wait(lock, [this] { return next_task_ >= tasks_ && running_ == 0; });
  work_ = nullptr;
  tasks_ = 0;
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void WorkerThreads::serve() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stop_ || next_task_ < tasks_; });
    if (stop_) return;
    take_tasks(lock);
  }
}

void WorkerThreads::take_tasks(std::unique_lock<std::mutex>& lock) {
  while (next_task_ < tasks_) {
    const std::size_t task = next_task_++;
    const std::function<void(std::size_t)>& work = *work_;
    ++running_;
    lock.unlock();
    std::exception_ptr failure;
    try {
      work(task);
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    --running_;
    if (failure && !failure_) failure_ = failure;
    if (failure) next_task_ = tasks_;
  }
  if (running_ == 0) finished_.notify_all();
}

}  // namespace reelface
