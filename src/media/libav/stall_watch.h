// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include "reelface/core/cancel_token.h"

namespace reelface {

/// Says when a blocking read has to give up: nothing came for too long, or the user asked to stop.
/// Thread-safety: one thread.
class StallWatch {
 public:
  StallWatch(double timeout_seconds, const CancelToken* cancel)
      : timeout_(std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(timeout_seconds))),
        cancel_(cancel) {}

  /// Something moved, or a new wait begins.
  void restart() { started_ = Clock::now(); }

  bool is_cancelled() const { return cancel_ && cancel_->is_requested(); }
  bool is_stalled() const { return Clock::now() - started_ > timeout_; }
  bool must_stop() const { return is_cancelled() || is_stalled(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::duration timeout_;
  const CancelToken* cancel_;
  Clock::time_point started_ = Clock::now();
};

}  // namespace reelface
