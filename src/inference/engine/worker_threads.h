#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace reelface {

/// Threads that stay, because LibTorch keeps prepared operations per thread. Restoring one face on each core needs no
/// waiting for each other inside an operation: that waiting (OpenMP spins) made faces up to ten times slower when other
/// work, such as an encoder, wants the same cores. Thread-safety: one run() at a time.
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
  void run(int tasks, const std::function<void(int)>& work);

 private:
  void serve();
  void take_tasks(std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable finished_;
  const std::function<void(int)>* work_ = nullptr;
  int next_task_ = 0;
  int tasks_ = 0;
  int running_ = 0;
  bool stop_ = false;
  std::exception_ptr failure_;
  std::vector<std::thread> threads_;
};

}  // namespace reelface
