// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

/// Bytes that are changed blindly are no JSON any more; so most of the time one value is changed instead.
class JsonMutator {
 public:
  explicit JsonMutator(unsigned seed) : random_(seed) {}

  std::size_t mutate(std::uint8_t* data, std::size_t size, std::size_t most) {
    Json json = Json::parse(data, data + size, nullptr, false);
    if (json.is_discarded() || below(4) == 0) return LLVMFuzzerMutate(data, size, most);
    std::vector<Json*> values;
    collect(json, values);
    change(*values[below(values.size())]);
    const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (text.size() > most) return LLVMFuzzerMutate(data, size, most);
    std::memcpy(data, text.data(), text.size());
    return text.size();
  }

 private:
  using Json = nlohmann::ordered_json;

  std::size_t below(std::size_t end) { return random_() % end; }

  static void collect(Json& json, std::vector<Json*>& values) {
    values.push_back(&json);
    if (!json.is_structured()) return;
    for (Json& child : json) collect(child, values);
  }

  void change(Json& value) {
    static const Json kOdd[] = {0,
                                1,
                                -1,
                                2,
                                1e300,
                                -1e300,
                                1e-300,
                                INT64_MAX,
                                INT64_MIN,
                                UINT64_MAX,
                                1LL << 31,
                                1LL << 53,
                                0.5,
                                "",
                                "x",
                                "\xc3\xa9",
                                true,
                                false,
                                nullptr,
                                Json::array(),
                                Json::object(),
                                Json::array({1, 1})};
    if (value.is_array() && !value.empty() && below(2) == 0) {
      const auto place = static_cast<std::ptrdiff_t>(below(value.size()));
      if (below(2) == 0)
        value.erase(value.begin() + place);
      else
        value.push_back(Json(value[static_cast<std::size_t>(place)]));
    } else if (value.is_number_integer() && below(2) == 0) {
      const std::int64_t step = static_cast<std::int64_t>(below(64)) - 32;
      value = static_cast<std::int64_t>(value.get<std::uint64_t>() + static_cast<std::uint64_t>(step));
    } else if (value.is_object() && !value.empty() && below(2) == 0) {
      auto place = value.begin();
      std::advance(place, static_cast<std::ptrdiff_t>(below(value.size())));
      value.erase(place);
    } else {
      value = kOdd[below(std::size(kOdd))];
    }
  }

  std::minstd_rand random_;
};

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  return JsonMutator(seed).mutate(data, size, most);
}
