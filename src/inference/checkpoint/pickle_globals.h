// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "inference/checkpoint/checkpoint.h"

namespace reelface {

/// What a pickle may name. Nothing is looked up or called: each stands for a value that we build ourselves.
enum class PickleGlobal {
  kOrderedDict,
  kDefaultDict,
  kCounter,
  kDict,
  kSize,
  kRebuildTensor,
  kRebuildParameter,
  kStorage  ///< any of the storage types
};

struct StorageType {
  std::string_view name;  ///< "FloatStorage"
  std::size_t element_size_bytes = 0;
  std::optional<TensorType> tensor_type;  ///< none: may stand in an optimiser's state, not among the weights
};

struct KnownGlobal {
  PickleGlobal kind = PickleGlobal::kDict;
  const StorageType* storage = nullptr;  ///< for kStorage
};

/// Throws MalformedCheckpoint, naming module and name, for anything that is not on the list.
KnownGlobal known_global(std::string_view module, std::string_view name);

}  // namespace reelface
