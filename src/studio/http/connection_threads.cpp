// SPDX-License-Identifier: Apache-2.0
#include "studio/http/connection_threads.h"

#include "core/started_threads.h"

namespace reelface {

ConnectionThreads::ConnectionThreads(std::size_t threads, std::size_t most_waiting)
    : most_waiting_(most_waiting), threads_(start_threads(threads, [this] { serve(); })) {}

ConnectionThreads::~ConnectionThreads() {
  ConnectionThreads::shutdown();
}

ConnectionThreads::Enqueued ConnectionThreads::enqueue(std::function<void()> connection) {
  std::unique_lock<std::mutex> lock(mutex_);
  if (threads_.empty() || is_closed_ || waiting_.size() >= most_waiting_) {
    lock.unlock();
    connection();
    return static_cast<Enqueued>(true);
  }
  waiting_.push(std::move(connection));
  lock.unlock();
  wake_.notify_one();
  return static_cast<Enqueued>(true);
}

void ConnectionThreads::shutdown() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_closed_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void ConnectionThreads::serve() {
  while (true) {
    std::function<void()> connection;
    {
      std::unique_lock<std::mutex> lock(mutex_);
      wake_.wait(lock, [this] { return is_closed_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      connection = std::move(waiting_.front());
      waiting_.pop();
    }
    connection();
  }
}

}  // namespace reelface
