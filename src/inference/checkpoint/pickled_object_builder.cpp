// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/pickled_object_builder.h"

#include <algorithm>
#include <utility>

#include "inference/checkpoint/malformed_checkpoint.h"
#include "inference/checkpoint/tensor_layout.h"

namespace reelface {
namespace {

constexpr int kDeepest = 64;
constexpr std::size_t kMostCopied = 100'000;

template <class Type>
const Type& as(const PickleValue& value, const char* what) {
  const Type* typed = std::get_if<Type>(&value);
  if (typed == nullptr) throw MalformedCheckpoint(std::string(what) + " has the wrong type");
  return *typed;
}

}  // namespace

PickleValue PickledObjectBuilder::make_container(Kind kind, std::vector<PickleValue> items) {
  PickledContainer container;
  container.kind = kind;
  for (const PickleValue& item : items) deepen(container, item);
  container.items = std::move(items);
  object_.containers.push_back(std::move(container));
  return ContainerId{object_.containers.size() - 1};
}

void PickledObjectBuilder::deepen(PickledContainer& container, const PickleValue& item) const {
  const auto* inner = std::get_if<ContainerId>(&item);
  if (inner == nullptr) return;
  container.depth = std::max(container.depth, object_.containers[inner->index].depth + 1);
  if (container.depth > kDeepest) throw MalformedCheckpoint("the pickle is nested more than 64 levels deep");
}

void PickledObjectBuilder::extend(const PickleValue& target, Kind kind, const std::vector<PickleValue>& items) {
  const auto* id = std::get_if<ContainerId>(&target);
  if (id == nullptr || object_.containers[id->index].kind != kind) {
    throw MalformedCheckpoint("the pickle adds items to something that holds none");
  }
  if (kind == Kind::kDict && items.size() % 2 != 0) throw MalformedCheckpoint("the pickle has a key without a value");
  PickledContainer& container = object_.containers[id->index];
  for (const PickleValue& item : items) deepen(container, item);
  container.items.insert(container.items.end(), items.begin(), items.end());
}

const std::vector<PickleValue>& PickledObjectBuilder::tuple_items(const PickleValue& value, const char* what) const {
  const PickledContainer* tuple = object_.container(value, Kind::kTuple);
  if (tuple == nullptr) throw MalformedCheckpoint(std::string(what) + " is not a tuple");
  return tuple->items;
}

std::vector<std::int64_t> PickledObjectBuilder::whole_numbers(const PickleValue& value, const char* what) const {
  const std::vector<PickleValue>& items = tuple_items(value, what);
  if (items.size() > kMostDimensions) throw MalformedCheckpoint("a tensor has more than 16 dimensions");
  std::vector<std::int64_t> numbers;
  numbers.reserve(items.size());
  for (const PickleValue& item : items) numbers.push_back(as<std::int64_t>(item, what));
  return numbers;
}

/// ('storage', torch.FloatStorage, key, location, element count[, view]).
PickleValue PickledObjectBuilder::make_storage(const PickleValue& id) {
  const std::vector<PickleValue>& parts = tuple_items(id, "a storage's identity");
  if (parts.size() != 5 && parts.size() != 6) throw MalformedCheckpoint("a storage's identity has not 5 or 6 parts");
  if (as<std::string_view>(parts[0], "a storage's identity") != "storage") {
    throw MalformedCheckpoint("a persistent identity is not a storage");
  }
  const auto& global = as<KnownGlobal>(parts[1], "a storage's type");
  if (global.kind != PickleGlobal::kStorage) throw MalformedCheckpoint("a storage's type is not a storage type");
  as<std::string_view>(parts[3], "a storage's location");  // any device: we read from the file
  if (parts.size() == 6 && !std::holds_alternative<PickleNone>(parts[5])) {
    throw MalformedCheckpoint("a storage is a view of another one, which is not supported");
  }
  const auto count = as<std::int64_t>(parts[4], "a storage's element count");
  if (count < 0) throw MalformedCheckpoint("a storage has a negative element count");
  object_.storages.push_back(
      {global.storage, as<std::string_view>(parts[2], "a storage's key"), static_cast<std::uint64_t>(count)});
  return StorageId{object_.storages.size() - 1};
}

PickleValue PickledObjectBuilder::build(const PickleValue& callee, const PickleValue& arguments) {
  const auto* global = std::get_if<KnownGlobal>(&callee);
  if (global == nullptr) throw MalformedCheckpoint("the pickle calls something that is no name");
  const std::vector<PickleValue>& parts = tuple_items(arguments, "an argument list");
  switch (global->kind) {
    case PickleGlobal::kRebuildTensor:
      return build_tensor(parts);
    case PickleGlobal::kRebuildParameter:
      if (parts.size() != 3) throw MalformedCheckpoint("a parameter has not 3 parts");
      return as<TensorId>(parts[0], "a parameter's tensor");
    case PickleGlobal::kSize:
      if (parts.size() != 1) throw MalformedCheckpoint("a size has not 1 part");
      tuple_items(parts[0], "a size");
      return parts[0];
    case PickleGlobal::kStorage:
      throw MalformedCheckpoint("a storage is built inside the pickle");
    default:
      return build_dict(parts);
  }
}

PickleValue PickledObjectBuilder::build_tensor(const std::vector<PickleValue>& parts) {
  if (parts.size() != 6 && parts.size() != 7) throw MalformedCheckpoint("a tensor has not 6 or 7 parts");
  PickledTensor tensor;
  tensor.storage = as<StorageId>(parts[0], "a tensor's storage").index;
  tensor.offset = as<std::int64_t>(parts[1], "a tensor's offset");
  tensor.shape = whole_numbers(parts[2], "a tensor's shape");
  tensor.strides = whole_numbers(parts[3], "a tensor's stride");
  object_.tensors.push_back(std::move(tensor));
  return TensorId{object_.tensors.size() - 1};
}

/// OrderedDict(), defaultdict(dict), Counter({..}): a fresh dict with the items of the dict given, if any.
PickleValue PickledObjectBuilder::build_dict(const std::vector<PickleValue>& parts) {
  PickledContainer dict;
  dict.kind = Kind::kDict;
  for (const PickleValue& part : parts) {
    const PickledContainer* given = object_.container(part, Kind::kDict);
    const bool factory = std::holds_alternative<KnownGlobal>(part) || std::holds_alternative<PickleNone>(part);
    if (given == nullptr && !factory) throw MalformedCheckpoint("a dict is built from something unusual");
    if (given == nullptr) continue;
    copied_ += given->items.size();
    if (copied_ > kMostCopied) throw MalformedCheckpoint("the pickle copies dicts too often");
    for (const PickleValue& item : given->items) deepen(dict, item);
    dict.items.insert(dict.items.end(), given->items.begin(), given->items.end());
  }
  object_.containers.push_back(std::move(dict));
  return ContainerId{object_.containers.size() - 1};
}

PickledObject PickledObjectBuilder::finish(const PickleValue& root) {
  object_.root = root;
  return std::exchange(object_, {});
}

}  // namespace reelface
