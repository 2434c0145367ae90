// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/pickle_globals.h"

#include <array>
#include <string>

#include "inference/checkpoint/malformed_checkpoint.h"

namespace reelface {
namespace {

struct ListedGlobal {
  std::string_view module;
  std::string_view name;
  PickleGlobal kind;
};

constexpr std::array<ListedGlobal, 8> kListed{{
    {"collections", "OrderedDict", PickleGlobal::kOrderedDict},
    {"collections", "defaultdict", PickleGlobal::kDefaultDict},
    {"collections", "Counter", PickleGlobal::kCounter},
    {"builtins", "dict", PickleGlobal::kDict},
    {"__builtin__", "dict", PickleGlobal::kDict},
    {"torch", "Size", PickleGlobal::kSize},
    {"torch._utils", "_rebuild_tensor_v2", PickleGlobal::kRebuildTensor},
    {"torch._utils", "_rebuild_parameter", PickleGlobal::kRebuildParameter},
}};

const std::array<StorageType, 10> kStorages{{
    {"DoubleStorage", 8, TensorType::kFloat64},
    {"FloatStorage", 4, TensorType::kFloat32},
    {"HalfStorage", 2, TensorType::kFloat16},
    {"BFloat16Storage", 2, TensorType::kBFloat16},
    {"LongStorage", 8, TensorType::kInt64},
    {"IntStorage", 4, TensorType::kInt32},
    {"ShortStorage", 2, std::nullopt},
    {"CharStorage", 1, std::nullopt},
    {"ByteStorage", 1, TensorType::kUInt8},
    {"BoolStorage", 1, std::nullopt},
}};

}  // namespace

KnownGlobal known_global(std::string_view module, std::string_view name) {
  for (const ListedGlobal& listed : kListed) {
    if (listed.module == module && listed.name == name) return {listed.kind, nullptr};
  }
  if (module == "torch") {
    for (const StorageType& storage : kStorages) {
      if (storage.name == name) return {PickleGlobal::kStorage, &storage};
    }
  }
  throw MalformedCheckpoint("wants to use " + name_text(std::string(module) + "." + std::string(name)) +
                            ", which is not allowed in a checkpoint");
}

}  // namespace reelface
