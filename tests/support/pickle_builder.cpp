// SPDX-License-Identifier: Apache-2.0
#include "support/pickle_builder.h"

namespace reelface::testing {
namespace {

std::string little_endian(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xff);
  return text;
}

}  // namespace

PickleBuilder& PickleBuilder::raw(const std::string& bytes) {
  bytes_ += bytes;
  return *this;
}

PickleBuilder& PickleBuilder::global(const std::string& module, const std::string& name) {
  return raw("c" + module + "\n" + name + "\n");
}

PickleBuilder& PickleBuilder::text(const std::string& text) {
  return raw("X" + little_endian(text.size(), 4) + text);
}

PickleBuilder& PickleBuilder::integer(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  if (value >= 0 && value < 256) return raw("K" + little_endian(bits, 1));
  if (value >= 0 && value < 65536) return raw("M" + little_endian(bits, 2));
  if (value >= INT32_MIN && value <= INT32_MAX) return raw("J" + little_endian(bits, 4));
  return raw("\x8a\x08" + little_endian(bits, 8));
}

PickleBuilder& PickleBuilder::numbers(const std::vector<std::int64_t>& values) {
  mark();
  for (const std::int64_t value : values) integer(value);
  return tuple();
}

PickleBuilder& PickleBuilder::storage(const TensorSpec& spec) {
  mark().text("storage").global("torch", spec.storage_type).text(spec.key).text(spec.location);
  return integer(spec.storage_elements).tuple().persistent_id();
}

PickleBuilder& PickleBuilder::tensor(const TensorSpec& spec) {
  global("torch._utils", "_rebuild_tensor_v2").mark().storage(spec).integer(spec.offset);
  return numbers(spec.shape).numbers(spec.strides).boolean(false).ordered_dict().tuple().reduce();
}

std::string state_dict_pickle(const TensorSpec& spec, const std::string& wrapper, const std::string& name) {
  PickleBuilder pickle;
  if (!wrapper.empty()) pickle.empty_dict().text(wrapper);
  pickle.ordered_dict().mark().text(name).tensor(spec).set_items();
  if (!wrapper.empty()) pickle.set_item();
  return pickle.stop();
}

std::string legacy_file(const std::string& object_pickle, const std::vector<LegacyStorage>& storages) {
  const std::string magic("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15);
  std::string file = magic + PickleBuilder().integer(1001).stop();
  file += PickleBuilder().empty_dict().text("little_endian").boolean(true).set_item().stop();
  file += object_pickle;
  PickleBuilder keys;
  keys.empty_list().mark();
  for (const LegacyStorage& storage : storages) keys.text(storage.key);
  file += keys.appends().stop();
  for (const LegacyStorage& storage : storages) {
    file += little_endian(static_cast<std::uint64_t>(storage.elements), 8) + storage.data;
  }
  return file;
}

}  // namespace reelface::testing
