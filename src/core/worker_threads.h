// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace reelface {

/// Does many things of one kind side by side, on threads that stay: LibTorch keeps prepared operations per thread, and
/// films are measured batch by batch. One thing for each core needs no waiting for each other inside an operation: that
/// waiting (OpenMP spins) made faces up to ten times slower when other work, such as an encoder, wants the same cores.
/// Thread-safety: one run() at a time.
class WorkerThreads {
 public:
  /// Fewer than `count`, where the system gives no more.
  explicit WorkerThreads(int count);
  ~WorkerThreads();
  WorkerThreads(const WorkerThreads&) = delete;
  WorkerThreads& operator=(const WorkerThreads&) = delete;

  int count() const { return static_cast<int>(threads_.size()); }

  /// Calls `work` with 0 to tasks - 1, each once, on the threads, and waits; on the caller's, where there are none.
  /// After an exception no further task begins; the first is thrown on.
  void run(std::size_t tasks, const std::function<void(std::size_t)>& work);

 private:
  void serve();
  void take_tasks(std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable finished_;
  const std::function<void(std::size_t)>* work_ = nullptr;
  std::size_t next_task_ = 0;
  std::size_t tasks_ = 0;
  int running_ = 0;
  bool stop_ = false;
  std::exception_ptr failure_;
  std::vector<std::thread> threads_;
};

}  // namespace reelface
