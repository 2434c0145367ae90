// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "inference/face_enhancer.h"

namespace reelface {

/// Lanes to one or several devices of one kind, and a queue that feeds them. Whoever calls while all lanes are busy
/// queues; a lane that falls idle takes a full batch from the queue, whosever windows those are. Nobody waits for
/// company: an idle lane takes what there is. A window's result does not depend on what it is restored with, which is
/// what a lane promises (FaceEnhancer). Thread-safety: safe.
class SharedLanes {
 public:
  /// At least one lane; all of one network. A lane takes up to `batch` windows at once.
  SharedLanes(std::vector<std::unique_ptr<FaceEnhancer>> lanes, int batch);

  int crop_size() const { return crop_size_; }
  ModelTraits traits() const { return traits_; }
  std::string description() const;
  std::string fallback() const;
  std::size_t count() const { return lanes_; }

  /// Callers with windows that no lane has taken yet.
  std::size_t queued() const;

  /// Throws what one of its windows' batches threw.
  std::vector<RgbImageF> enhance(const std::vector<CropWindow>& windows);

 private:
  /// What one caller wants.
  struct Order {
    const std::vector<CropWindow>& windows;
    std::vector<RgbImageF> results;
    std::size_t taken = 0;  ///< windows that are in a batch by now
    std::size_t left = 0;   ///< windows without a result
    std::exception_ptr failure;
  };
  struct Place {
    Order* order;
    std::size_t window;
  };
  using Batch = std::vector<Place>;
  using Lock = std::unique_lock<std::mutex>;

  Batch next_batch();
  void work_on(Lock& lock);
  void fail(const Batch& batch, const std::exception_ptr& failure);

  int crop_size_;
  ModelTraits traits_;
  std::size_t batch_;
  std::size_t lanes_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<FaceEnhancer>> idle_;
  std::deque<Order*> queue_;  ///< those with windows that are in no batch yet
  std::string description_;
  std::string fallback_;
};

/// One place at the lanes: a restorer for one thread. As many as twice the lanes keep the queue filled.
class LaneGuest : public FaceEnhancer {
 public:
  explicit LaneGuest(std::shared_ptr<SharedLanes> lanes) : lanes_(std::move(lanes)) {}

  int crop_size() const override { return lanes_->crop_size(); }
  ModelTraits traits() const override { return lanes_->traits(); }
  std::string description() const override { return lanes_->description(); }
  std::string fallback() const override { return lanes_->fallback(); }
  std::vector<RgbImageF> enhance(const std::vector<CropWindow>& windows) override { return lanes_->enhance(windows); }

 private:
  std::shared_ptr<SharedLanes> lanes_;
};

}  // namespace reelface
