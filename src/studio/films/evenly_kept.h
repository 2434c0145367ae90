// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>

namespace reelface {

/// Values of frames, as many as are allowed and evenly over a film, however long it turns out to be: when there are too
/// many, every other one goes. One owner.
template <class Value>
class EvenlyKept {
 public:
  EvenlyKept(std::int64_t step, std::size_t most) : step_(step), most_(most) {}

  /// Frames are wanted whose number is a multiple of this.
  std::int64_t step() const { return step_; }
  const std::map<std::int64_t, Value>& values() const { return values_; }

  void keep(std::int64_t frame, Value value) {
    if (frame % step_ == 0) values_[frame] = std::move(value);
    while (values_.size() > most_) {
      step_ *= 2;
      for (auto kept = values_.begin(); kept != values_.end();)
        kept = kept->first % step_ == 0 ? std::next(kept) : values_.erase(kept);
    }
  }

 private:
  std::int64_t step_;
  std::size_t most_;
  std::map<std::int64_t, Value> values_;
};

}  // namespace reelface
