// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>

#include "reelface/core/cancel_token.h"

namespace reelface {

/// One thing at a time, and always the newest: whoever comes asks the one at work to stop, and those that wait already
/// to go. Thread-safety: safe.
class LatestOnly {
 public:
  /// Its turn, while it lives.
  class Turn {
   public:
    Turn(LatestOnly& owner, std::shared_ptr<const CancelToken> cancel) : owner_(owner), cancel_(std::move(cancel)) {}
    ~Turn() { owner_.end(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    const CancelToken& cancel() const { return *cancel_; }

   private:
    LatestOnly& owner_;
    std::shared_ptr<const CancelToken> cancel_;
  };

  /// Waits until it is its turn; null if somebody newer came meanwhile, or everything was stopped.
  std::unique_ptr<Turn> take();

  /// Asks whoever is at work to stop, and sends away those that wait.
  void stop_all();

 private:
  void end();
  void ask_to_stop();

  std::mutex mutex_;
  std::condition_variable is_free_;
  std::uint64_t newest_ = 0;
  std::shared_ptr<CancelToken> at_work_;  ///< null: nobody is
};

}  // namespace reelface
