// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <tuple>

namespace reelface {

/// A repair as a list tells of it: a line of JSON.
struct ListedRepair {
  std::int64_t frame = 0;    ///< counted from 0 where reading began
  double time = 0;           ///< seconds, of the output
  std::string kind;          ///< "dirt" or "scratch"
  std::string sign;          ///< "dark" or "light"
  std::array<int, 4> box{};  ///< left, top, width, height
  int area = 0;              ///< samples
  double contrast = 0;       ///< grey levels
  std::string from;          ///< what it was filled from: "-1" is the frame before, "sides" what lies beside it
};

std::string line_of(const ListedRepair& repair);

/// Which repairs are to be made.
class RepairList {
 public:
  void add(const ListedRepair& repair) { wanted_.insert(key_of(repair)); }
  bool has(const ListedRepair& repair) const { return wanted_.count(key_of(repair)) > 0; }
  std::size_t size() const { return wanted_.size(); }

 private:
  /// Time, kind and place; in a part of a film frames are counted otherwise.
  using Key = std::tuple<std::int64_t, std::string, std::array<int, 4>>;
  static Key key_of(const ListedRepair& repair);

  std::set<Key> wanted_;
};

/// Throws Error(kUsage) naming the line that is no repair.
RepairList read_repair_list(const std::string& path);

}  // namespace reelface
