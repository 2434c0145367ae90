// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "inference/checkpoint/pickled_object.h"

namespace reelface {

/// Puts together what a pickle describes: its containers, and the few things that the names of pickle_globals.h stand
/// for. Throws MalformedCheckpoint for what torch.save would not write.
class PickledObjectBuilder {
 public:
  using Kind = PickledContainer::Kind;

  PickleValue make_container(Kind kind, std::vector<PickleValue> items);
  /// Adds items to a list, or keys and values to a dict.
  void extend(const PickleValue& target, Kind kind, const std::vector<PickleValue>& items);
  /// What a persistent identity stands for.
  PickleValue make_storage(const PickleValue& id);
  /// What calling `callee`, which must be a listed name, stands for.
  PickleValue build(const PickleValue& callee, const PickleValue& arguments);

  bool is_dict(const PickleValue& value) const { return object_.container(value, Kind::kDict) != nullptr; }

  /// The builder is empty then.
  PickledObject finish(const PickleValue& root);

 private:
  void deepen(PickledContainer& container, const PickleValue& item) const;
  const std::vector<PickleValue>& tuple_items(const PickleValue& value, const char* what) const;
  std::vector<std::int64_t> whole_numbers(const PickleValue& value, const char* what) const;
  PickleValue build_tensor(const std::vector<PickleValue>& parts);
  PickleValue build_dict(const std::vector<PickleValue>& parts);

  PickledObject object_;
  std::size_t copied_ = 0;
};

}  // namespace reelface
