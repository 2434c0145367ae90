// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/pickled_state_dict.h"

#include <array>

#include "inference/checkpoint/malformed_checkpoint.h"
#include "inference/checkpoint/tensor_layout.h"

namespace reelface {
namespace {

using Kind = PickledContainer::Kind;

const PickledContainer& find_weights(const PickledObject& object) {
  const PickledContainer* top = object.container(object.root, Kind::kDict);
  if (top == nullptr) throw MalformedCheckpoint("the pickle holds no dict");
  constexpr std::array<std::string_view, 3> kWrappers{"params_ema", "params", "state_dict"};
  for (const std::string_view key : kWrappers) {
    const PickleValue* wrapped = object.member(*top, key);
    if (wrapped == nullptr || std::holds_alternative<TensorId>(*wrapped)) continue;
    const PickledContainer* dict = object.container(*wrapped, Kind::kDict);
    if (dict == nullptr) throw MalformedCheckpoint(name_text(key) + " is not a dict");
    return *dict;
  }
  return *top;
}

CheckpointTensor read_tensor(const PickledTensor& pickled, const PickledStorage& storage,
                             const StorageLookup& bytes_of) {
  const StorageType& type = *storage.type;
  if (!type.tensor_type)
    throw MalformedCheckpoint("has the type of a " + std::string(type.name) + ", unusual for weights");
  const ByteView bytes = bytes_of(storage);
  check_storage_size(storage, bytes.size());
  check_view(pickled.shape, pickled.strides, pickled.offset, storage.element_count);
  CheckpointTensor tensor;
  tensor.type = *type.tensor_type;
  tensor.shape = pickled.shape;
  tensor.strides = pickled.strides;
  tensor.data = bytes.data() + static_cast<std::size_t>(pickled.offset) * type.element_size_bytes;
  return tensor;
}

}  // namespace

void check_storage_size(const PickledStorage& storage, std::uint64_t actual_bytes) {
  const std::uint64_t size = storage.type->element_size_bytes;
  // Division, because a hostile count times its size can wrap.
  if (actual_bytes % size != 0 || actual_bytes / size != storage.element_count) {
    throw MalformedCheckpoint("storage " + name_text(storage.key) + " states " + std::to_string(storage.element_count) +
                              " elements but has " + std::to_string(actual_bytes) + " bytes");
  }
}

std::map<std::string, CheckpointTensor> read_state_dict(const PickledObject& object, const StorageLookup& bytes_of,
                                                        std::uint64_t file_size) {
  const PickledContainer& dict = find_weights(object);
  if (dict.items.size() / 2 > kMostTensors) throw MalformedCheckpoint("has more than 20000 tensors");
  std::map<std::string, CheckpointTensor> tensors;
  std::uint64_t total_bytes = 0;
  for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
    const auto* name = std::get_if<std::string_view>(&dict.items[i]);
    const auto* id = std::get_if<TensorId>(&dict.items[i + 1]);
    if (name == nullptr) throw MalformedCheckpoint("has a tensor whose name is not text");
    if (id == nullptr) throw MalformedCheckpoint("holds " + name_text(*name) + ", which is not a tensor");
    const PickledTensor& pickled = object.tensors[id->index];
    CheckpointTensor tensor;
    try {
      tensor = read_tensor(pickled, object.storages[pickled.storage], bytes_of);
    } catch (const MalformedCheckpoint& problem) {
      throw MalformedCheckpoint("tensor " + name_text(*name) + ": " + problem.what());
    }
    total_bytes += element_count(tensor.shape) * element_size_bytes(tensor.type);
    if (total_bytes > file_size) throw MalformedCheckpoint("has tensors that share bytes and exceed the file's size");
    if (!tensors.emplace(*name, std::move(tensor)).second) {
      throw MalformedCheckpoint("has two tensors named " + name_text(*name));
    }
  }
  return tensors;
}

}  // namespace reelface
