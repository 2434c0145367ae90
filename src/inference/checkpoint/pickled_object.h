// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "inference/checkpoint/pickle_globals.h"

namespace reelface {

struct PickleNone {};

/// An element of one of PickledObject's lists.
struct ContainerId {
  std::size_t index;
};
struct StorageId {
  std::size_t index;
};
struct TensorId {
  std::size_t index;
};

/// Text is a view into the pickle itself.
using PickleValue = std::variant<PickleNone, bool, std::int64_t, double, std::string_view, KnownGlobal, ContainerId,
                                 StorageId, TensorId>;

struct PickledContainer {
  enum class Kind { kTuple, kList, kDict };
  Kind kind = Kind::kTuple;
  int depth = 1;                   ///< levels of containers, this one included
  std::vector<PickleValue> items;  ///< for dicts key, value, key, value, ..
};

/// Where a storage's bytes are to be found; they are not part of the pickle.
struct PickledStorage {
  const StorageType* type = nullptr;
  std::string_view key;
  std::uint64_t element_count = 0;
};

/// A view of a storage, not yet checked against it.
struct PickledTensor {
  std::size_t storage = 0;
  std::int64_t offset = 0;
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> strides;
};

/// What a pickle describes, as plain data in flat lists: containers refer to each other by number, so neither deep
/// nor circular ones need recursion, and everything goes with this object. Valid as long as the pickle's bytes are.
struct PickledObject {
  PickleValue root;
  std::vector<PickledContainer> containers;
  std::vector<PickledStorage> storages;
  std::vector<PickledTensor> tensors;

  /// The container if `value` is one of that kind, else null.
  const PickledContainer* container(const PickleValue& value, PickledContainer::Kind kind) const;
  /// The value of a text key of a dict, or null. Throws MalformedCheckpoint if the key is there twice.
  const PickleValue* member(const PickledContainer& dict, std::string_view key) const;
};

}  // namespace reelface
