// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "inference/checkpoint/malformed_checkpoint.h"
#include "inference/checkpoint/pickled_object.h"

namespace reelface {

/// The unpickler's operands: a stack with marks, and a memo, both bounded.
class PickleStack {
 public:
  void push(PickleValue value) {
    // Pushes and not the stack's height: what is moved into containers counts too.
    if (++pushed_ > kMostValues) throw MalformedCheckpoint("the pickle holds more than 2 million values");
    values_.push_back(value);
  }

  PickleValue pop() {
    if (values_.size() <= floor()) throw MalformedCheckpoint("the pickle takes more from its stack than is there");
    const PickleValue value = values_.back();
    values_.pop_back();
    return value;
  }

  const PickleValue& top() const {
    if (values_.size() <= floor()) throw MalformedCheckpoint("the pickle takes more from its stack than is there");
    return values_.back();
  }

  void mark() {
    if (marks_.size() == kDeepestMarks) throw MalformedCheckpoint("the pickle is nested more than 64 levels deep");
    marks_.push_back(values_.size());
  }

  /// Everything above the last mark; the mark goes too.
  std::vector<PickleValue> pop_to_mark() {
    if (marks_.empty()) throw MalformedCheckpoint("the pickle uses a mark that it has not set");
    const auto first = values_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
    std::vector<PickleValue> taken(first, values_.end());
    values_.erase(first, values_.end());
    marks_.pop_back();
    return taken;
  }

  void remember(std::uint32_t slot) {
    if (memo_.size() >= kMostMemo && memo_.count(slot) == 0)
      throw MalformedCheckpoint("the pickle's memo is too large");
    memo_[slot] = top();
  }
  void recall(std::uint32_t slot) {
    const auto found = memo_.find(slot);
    if (found == memo_.end())
      throw MalformedCheckpoint("the pickle recalls memo " + std::to_string(slot) + ", never set");
    push(found->second);
  }

  bool is_empty() const { return values_.empty() && marks_.empty(); }

 private:
  static constexpr std::size_t kMostValues = 2'000'000;
  static constexpr std::size_t kMostMemo = 1'000'000;
  static constexpr std::size_t kDeepestMarks = 64;

  std::size_t floor() const { return marks_.empty() ? 0 : marks_.back(); }

  std::vector<PickleValue> values_;
  std::vector<std::size_t> marks_;
  std::unordered_map<std::uint32_t, PickleValue> memo_;
  std::size_t pushed_ = 0;
};

}  // namespace reelface
