// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "inference/face_enhancer.h"

namespace reelface {

/// Lends restorers, which take one call at a time, to threads that work at the same time. One run never asks for more
/// than there are; a second run that shares the models may have to wait. Thread-safety: safe.
class EnhancerPool {
 public:
  explicit EnhancerPool(std::vector<std::shared_ptr<FaceEnhancer>> enhancers) : idle_(std::move(enhancers)) {}

  /// Gives its restorer back at the end of the scope.
  class Loan {
   public:
    explicit Loan(EnhancerPool& pool) : pool_(pool), enhancer_(pool.take()) {}
    ~Loan() { pool_.give_back(std::move(enhancer_)); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    FaceEnhancer& operator*() const { return *enhancer_; }
    FaceEnhancer* operator->() const { return enhancer_.get(); }

   private:
    EnhancerPool& pool_;
    std::shared_ptr<FaceEnhancer> enhancer_;
  };

  bool is_empty() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return idle_.empty();
  }

 private:
  std::shared_ptr<FaceEnhancer> take() {
    std::unique_lock<std::mutex> lock(mutex_);
    given_back_.wait(lock, [this] { return !idle_.empty(); });
    std::shared_ptr<FaceEnhancer> enhancer = std::move(idle_.back());
    idle_.pop_back();
    return enhancer;
  }

  void give_back(std::shared_ptr<FaceEnhancer> enhancer) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      idle_.push_back(std::move(enhancer));
    }
    given_back_.notify_one();
  }

  mutable std::mutex mutex_;
  std::condition_variable given_back_;
  std::vector<std::shared_ptr<FaceEnhancer>> idle_;
};

}  // namespace reelface
