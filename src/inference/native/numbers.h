// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <new>

namespace reelface {

/// Floats that begin a cache line, set to nothing: layers write them before they read.
class Numbers {
 public:
  Numbers() = default;
  explicit Numbers(std::size_t count)
      : data_(static_cast<float*>(::operator new(count * sizeof(float), kLine))), count_(count) {}

  float* data() { return data_.get(); }
  const float* data() const { return data_.get(); }
  std::size_t size() const { return count_; }

  /// Forgets what is held, unless it is enough already.
  void make_room(std::size_t count) {
    if (count > count_) *this = Numbers(count);
  }

 private:
  static constexpr std::align_val_t kLine{64};
  struct Free {
    void operator()(float* numbers) const { ::operator delete(numbers, kLine); }
  };

  std::unique_ptr<float, Free> data_;
  std::size_t count_ = 0;
};

}  // namespace reelface
