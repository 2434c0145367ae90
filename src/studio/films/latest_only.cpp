// SPDX-License-Identifier: Apache-2.0
#include "studio/films/latest_only.h"

namespace reelface {

std::unique_ptr<LatestOnly::Turn> LatestOnly::take() {
  std::unique_lock<std::mutex> lock(mutex_);
  const std::uint64_t number = ++newest_;
  ask_to_stop();
  is_free_.notify_all();  // those that wait are old now
  is_free_.wait(lock, [&] { return number != newest_ || !at_work_; });
  if (number != newest_) return nullptr;
  at_work_ = std::make_shared<CancelToken>();
  return std::make_unique<Turn>(*this, at_work_);
}

void LatestOnly::stop_all() {
  const std::lock_guard<std::mutex> lock(mutex_);
  ++newest_;
  ask_to_stop();
  is_free_.notify_all();
}

void LatestOnly::ask_to_stop() {
  if (at_work_) at_work_->request(CancelLevel::kAbort);
}

void LatestOnly::end() {
  const std::lock_guard<std::mutex> lock(mutex_);
  at_work_.reset();
  is_free_.notify_all();
}

}  // namespace reelface
