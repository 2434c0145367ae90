// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "pipeline/stages/damage_look.h"
#include "reelface/image/frame.h"
#include "studio/films/evenly_kept.h"

namespace reelface {

/// Where a film is damaged: looks at a few frames every now and then, evenly over the whole film, however long it is.
/// Thread-safety: safe.
class DamageLooks {
 public:
  /// A frame of the film; they come in no order.
  void see(std::int64_t number, const Frame& frame);

  /// The frames that were looked at, in order.
  std::map<std::int64_t, DamageLook> looks() const;

 private:
  struct Waiting {
    std::uint64_t digest = 0;
    DamagePart part;
  };
  using Place = std::map<std::int64_t, Waiting>;

  static std::vector<DamagePart> first_that_differ(Place&& place);

  mutable std::mutex mutex_;  ///< guards what follows
  std::map<std::int64_t, Place> waiting_;
  EvenlyKept<DamageLook> looks_{16, 240};
};

}  // namespace reelface
