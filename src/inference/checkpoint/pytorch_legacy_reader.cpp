// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/pytorch_legacy_reader.h"

#include "inference/checkpoint/pickled_state_dict.h"
#include "inference/checkpoint/unpickler.h"

namespace reelface {
namespace {

using Kind = PickledContainer::Kind;

/// The pickle of the number 0x1950a86a20f9469cfc6c as a literal integer. Compared as bytes, so that no pickle that
/// computes the number passes.
constexpr std::string_view kMagic{"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15};
/// The pickle of 1001, the only version of the form.
constexpr std::string_view kVersion{"\x80\x02M\xe9\x03.", 6};

void check_machine(const PickledObject& object) {
  const PickledContainer* machine = object.container(object.root, Kind::kDict);
  if (machine == nullptr) throw MalformedCheckpoint("the third pickle does not describe the machine");
  const PickleValue* little = object.member(*machine, "little_endian");
  const bool* is_little = little == nullptr ? nullptr : std::get_if<bool>(little);
  if (is_little == nullptr) throw MalformedCheckpoint("does not say in which byte order it was saved");
  if (!*is_little) throw MalformedCheckpoint("was saved in big-endian byte order, only little is read");
}

/// What the pickled object says of each storage it uses; all mentions of one must agree.
std::map<std::string_view, PickledStorage> storages_by_key(const PickledObject& object) {
  std::map<std::string_view, PickledStorage> storages;
  for (const PickledStorage& storage : object.storages) {
    const PickledStorage& known = storages.emplace(storage.key, storage).first->second;
    if (known.type != storage.type || known.element_count != storage.element_count) {
      throw MalformedCheckpoint("storage " + name_text(storage.key) + " is described in two ways");
    }
  }
  return storages;
}

std::map<std::string_view, ByteView> read_storages(ByteView rest, const PickledObject& keys,
                                                   const std::map<std::string_view, PickledStorage>& described) {
  const PickledContainer* list = keys.container(keys.root, Kind::kList);
  if (list == nullptr) throw MalformedCheckpoint("the fifth pickle is not the list of storages");
  std::map<std::string_view, ByteView> storages;
  std::uint64_t at = 0;
  for (const PickleValue& item : list->items) {
    const auto* key = std::get_if<std::string_view>(&item);
    if (key == nullptr) throw MalformedCheckpoint("a storage's key is not text");
    const auto found = described.find(*key);
    if (found == described.end()) throw MalformedCheckpoint("storage " + name_text(*key) + " is used by no tensor");
    if (!rest.holds(at, 8)) throw MalformedCheckpoint("is cut off before storage " + name_text(*key));
    const std::uint64_t count = rest.u64(at);
    const PickledStorage& storage = found->second;
    if (count != storage.element_count) {
      throw MalformedCheckpoint("storage " + name_text(*key) + " has " + std::to_string(count) +
                                " elements instead of " + std::to_string(storage.element_count));
    }
    // The product cannot wrap once the count is known to be below the number of bytes left.
    const std::uint64_t left = rest.size() - at - 8;
    if (count > left || count * storage.type->element_size_bytes > left) {
      throw MalformedCheckpoint("is cut off in storage " + name_text(*key));
    }
    const ByteView data = rest.part(at + 8, count * storage.type->element_size_bytes);
    if (!storages.emplace(*key, data).second)
      throw MalformedCheckpoint("storage " + name_text(*key) + " is there twice");
    at += 8 + data.size();
  }
  if (at != rest.size()) throw MalformedCheckpoint("has bytes after the last storage");
  if (storages.size() != described.size()) throw MalformedCheckpoint("a storage is missing from the file");
  return storages;
}

}  // namespace

bool is_pytorch_legacy(ByteView file) {
  return file.starts_with(kMagic);
}

Checkpoint read_pytorch_legacy(ByteView file) {
  if (!is_pytorch_legacy(file)) throw MalformedCheckpoint("does not start with PyTorch's magic number");
  std::size_t at = kMagic.size();
  if (!file.from(at).starts_with(kVersion))
    throw MalformedCheckpoint("has an unknown version of the older PyTorch form");
  at += kVersion.size();
  const Unpickled machine = unpickle(file.from(at));
  check_machine(machine.object);
  at += machine.size_bytes;
  const Unpickled object = unpickle(file.from(at));
  at += object.size_bytes;
  const Unpickled keys = unpickle(file.from(at));
  at += keys.size_bytes;

  const auto storages = read_storages(file.from(at), keys.object, storages_by_key(object.object));
  Checkpoint checkpoint;
  checkpoint.format = "pytorch legacy";
  const auto bytes_of = [&storages](const PickledStorage& storage) { return storages.at(storage.key); };
  checkpoint.tensors = read_state_dict(object.object, bytes_of, file.size());
  return checkpoint;
}

}  // namespace reelface
