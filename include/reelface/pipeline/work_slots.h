// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <memory>
#include <typeindex>
#include <utility>
#include <vector>

namespace reelface {

/// What steps know of one frame, by type: each kind of work is a struct of its own (FaceWork, say), and whoever carries
/// the frame need not know it. One owner at a time.
class WorkSlots {
 public:
  /// Null where no step has put any. What is pointed to may be changed: it belongs to whoever has the frame.
  template <class Work>
  Work* get() const {
    return static_cast<Work*>(slot(typeid(Work)).get());
  }

  /// The same for steps that keep it beyond the frame.
  template <class Work>
  std::shared_ptr<Work> share() const {
    return std::static_pointer_cast<Work>(slot(typeid(Work)));
  }

  /// New and empty, in place of what there was.
  template <class Work>
  Work& make() {
    auto work = std::make_shared<Work>();
    Work& made = *work;
    drop<Work>();
    slots_.emplace_back(typeid(Work), std::move(work));
    return made;
  }

  template <class Work>
  void drop() {
    slots_.erase(
        std::remove_if(slots_.begin(), slots_.end(), [](const Slot& slot) { return slot.first == typeid(Work); }),
        slots_.end());
  }

  void clear() { slots_.clear(); }

 private:
  using Slot = std::pair<std::type_index, std::shared_ptr<void>>;

  std::shared_ptr<void> slot(std::type_index type) const {
    for (const Slot& slot : slots_) {
      if (slot.first == type) return slot.second;
    }
    return nullptr;
  }

  std::vector<Slot> slots_;  // a handful: looking through them is quicker than a map
};

}  // namespace reelface
