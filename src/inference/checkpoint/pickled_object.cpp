// SPDX-License-Identifier: Apache-2.0
#include "inference/checkpoint/pickled_object.h"

#include "inference/checkpoint/malformed_checkpoint.h"

namespace reelface {

const PickledContainer* PickledObject::container(const PickleValue& value, PickledContainer::Kind kind) const {
  const auto* id = std::get_if<ContainerId>(&value);
  if (id == nullptr || containers[id->index].kind != kind) return nullptr;
  return &containers[id->index];
}

const PickleValue* PickledObject::member(const PickledContainer& dict, std::string_view key) const {
  const PickleValue* found = nullptr;
  for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
    const auto* text = std::get_if<std::string_view>(&dict.items[i]);
    if (text == nullptr || *text != key) continue;
    if (found != nullptr) throw MalformedCheckpoint("has the key " + name_text(key) + " twice");
    found = &dict.items[i + 1];
  }
  return found;
}

}  // namespace reelface
