// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

namespace reelface {

/// How urgently to stop. Only ever rises.
enum class CancelLevel : int {
  kNone = 0,
  kFinish = 1,  ///< read no further, finish what is in flight, close a valid file
  kAbort = 2    ///< drop what is in flight
};

/// Shared between whoever asks to stop (a signal handler, a caller) and whoever has to.
/// Thread-safety: safe; request() is also async-signal-safe.
class CancelToken {
 public:
  CancelLevel level() const noexcept { return static_cast<CancelLevel>(level_.load(std::memory_order_relaxed)); }
  bool is_requested() const noexcept { return level() != CancelLevel::kNone; }

  void request(CancelLevel level) noexcept {
    int wanted = static_cast<int>(level);
    int current = level_.load(std::memory_order_relaxed);
    while (current < wanted && !level_.compare_exchange_weak(current, wanted, std::memory_order_relaxed)) {
    }
  }

 private:
  static_assert(std::atomic<int>::is_always_lock_free);
  std::atomic<int> level_{0};
};

}  // namespace reelface
