// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace reelface::testing {

/// What a test writes into a tensor's pickle; every field may lie.
struct TensorSpec {
  std::string storage_type = "FloatStorage";
  std::string key = "0";
  std::string location = "cpu";
  std::int64_t storage_elements = 4;
  std::int64_t offset = 0;
  std::vector<std::int64_t> shape = {2, 2};
  std::vector<std::int64_t> strides = {2, 1};
};

/// Writes pickles opcode by opcode, good or bad. Starts with protocol 2.
class PickleBuilder {
 public:
  PickleBuilder() : bytes_("\x80\x02") {}

  PickleBuilder& raw(const std::string& bytes);
  PickleBuilder& global(const std::string& module, const std::string& name);
  PickleBuilder& text(const std::string& text);
  PickleBuilder& integer(std::int64_t value);                       ///< shortest of the opcodes that fit
  PickleBuilder& numbers(const std::vector<std::int64_t>& values);  ///< as a tuple
  PickleBuilder& none() { return raw("N"); }
  PickleBuilder& boolean(bool value) { return raw(value ? "\x88" : "\x89"); }
  PickleBuilder& mark() { return raw("("); }
  PickleBuilder& tuple() { return raw("t"); }
  PickleBuilder& empty_tuple() { return raw(")"); }
  PickleBuilder& empty_dict() { return raw("}"); }
  PickleBuilder& empty_list() { return raw("]"); }
  PickleBuilder& set_item() { return raw("s"); }
  PickleBuilder& set_items() { return raw("u"); }
  PickleBuilder& append() { return raw("a"); }
  PickleBuilder& appends() { return raw("e"); }
  PickleBuilder& reduce() { return raw("R"); }
  PickleBuilder& build() { return raw("b"); }
  PickleBuilder& persistent_id() { return raw("Q"); }
  PickleBuilder& put(unsigned char slot) { return raw(std::string("q") + static_cast<char>(slot)); }
  PickleBuilder& get(unsigned char slot) { return raw(std::string("h") + static_cast<char>(slot)); }
  PickleBuilder& ordered_dict() { return global("collections", "OrderedDict").empty_tuple().reduce(); }
  PickleBuilder& storage(const TensorSpec& spec);
  PickleBuilder& tensor(const TensorSpec& spec);

  std::string stop() const { return bytes_ + "."; }

 private:
  std::string bytes_;
};

/// {"params_ema": OrderedDict(name: tensor)}
std::string state_dict_pickle(const TensorSpec& spec, const std::string& wrapper = "params_ema",
                              const std::string& name = "weight");

/// A file of PyTorch's older form around an object's pickle.
struct LegacyStorage {
  std::string key;
  std::int64_t elements = 0;
  std::string data;
};
std::string legacy_file(const std::string& object_pickle, const std::vector<LegacyStorage>& storages);

}  // namespace reelface::testing
