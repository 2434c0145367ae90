// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace reelface {

/// {"only": [1, 2]} or {"except": [3]}: people of a film by their numbers. Neither: everybody.
struct ChosenPeople {
  std::vector<std::int64_t> only, except;

  bool are_all() const { return only.empty() && except.empty(); }
};

/// With the file of tracks that has the numbers; empty where nobody is chosen, in no segment either.
struct TrackedPeople {
  std::string tracks_file;
  ChosenPeople chosen;
};

}  // namespace reelface
