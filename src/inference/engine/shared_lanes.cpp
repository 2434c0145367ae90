// SPDX-License-Identifier: Apache-2.0
#include "inference/engine/shared_lanes.h"

#include <algorithm>
#include <utility>

namespace reelface {

SharedLanes::SharedLanes(std::vector<std::unique_ptr<FaceEnhancer>> lanes, int batch)
    : crop_size_(lanes.front()->crop_size()),
      traits_(lanes.front()->traits()),
      batch_(static_cast<std::size_t>(std::max(1, batch))),
      lanes_(lanes.size()),
      idle_(std::move(lanes)),
      description_(idle_.front()->description()) {}

std::string SharedLanes::description() const {
  const Lock lock(mutex_);
  return lanes_ == 1 ? description_ : description_ + ", in " + std::to_string(lanes_) + " lanes";
}

std::string SharedLanes::fallback() const {
  const Lock lock(mutex_);
  return fallback_;
}

std::size_t SharedLanes::queued() const {
  const Lock lock(mutex_);
  return queue_.size();
}

std::vector<RgbImageF> SharedLanes::enhance(const std::vector<CropWindow>& windows) {
  Order order{windows, std::vector<RgbImageF>(windows.size()), 0, windows.size(), nullptr};
  if (windows.empty()) return {};
  Lock lock(mutex_);
  queue_.push_back(&order);
  while (order.left > 0) {
    if (!idle_.empty() && !queue_.empty()) {
      work_on(lock);
    } else {
      changed_.wait(lock);
    }
  }
  if (order.failure) std::rethrow_exception(order.failure);
  return std::move(order.results);
}

/// The oldest orders first.
SharedLanes::Batch SharedLanes::next_batch() {
  Batch batch;
  while (batch.size() < batch_ && !queue_.empty()) {
    Order& order = *queue_.front();
    batch.push_back({&order, order.taken++});
    if (order.taken == order.windows.size()) queue_.pop_front();
  }
  return batch;
}

/// One batch on one lane, without the lock meanwhile.
void SharedLanes::work_on(Lock& lock) {
  std::unique_ptr<FaceEnhancer> lane = std::move(idle_.back());
  idle_.pop_back();
  const Batch batch = next_batch();
  std::exception_ptr failure;
  std::vector<RgbImageF> results;
  lock.unlock();
  try {
    std::vector<CropWindow> windows;
    for (const Place& place : batch) windows.push_back(place.order->windows[place.window]);
    results = lane->enhance(windows);
  } catch (...) {
    failure = std::current_exception();
  }
  lock.lock();
  description_ = lane->description();
  if (fallback_.empty()) fallback_ = lane->fallback();
  idle_.push_back(std::move(lane));
  if (failure) {
    fail(batch, failure);
  } else {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      batch[i].order->results[batch[i].window] = std::move(results[i]);
      --batch[i].order->left;
    }
  }
  changed_.notify_all();
}

/// Windows of these orders that are in no batch yet never will be.
void SharedLanes::fail(const Batch& batch, const std::exception_ptr& failure) {
  for (const Place& place : batch) {
    Order& order = *place.order;
    --order.left;
    order.failure = failure;
    const auto queued = std::find(queue_.begin(), queue_.end(), &order);
    if (queued == queue_.end()) continue;
    order.left -= order.windows.size() - order.taken;
    order.taken = order.windows.size();
    queue_.erase(queued);
  }
}

}  // namespace reelface
