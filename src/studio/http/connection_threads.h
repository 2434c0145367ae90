// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <httplib.h>

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <utility>
#include <vector>

namespace reelface {

/// The threads that answer. A connection that finds too many waiting is worked on where it was accepted: there it is
/// closed at once.
class ConnectionThreads final : public httplib::TaskQueue {
  // void in older versions of the library, bool in newer ones
  using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue({}));

 public:
  ConnectionThreads(std::size_t threads, std::size_t most_waiting);
  ~ConnectionThreads() override;

  Enqueued enqueue(std::function<void()> connection) override;
  void shutdown() override;

 private:
  void serve();

  std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::queue<std::function<void()>> waiting_;
  bool is_closed_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace reelface
