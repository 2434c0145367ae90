// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "pipeline/values/json_numbers.h"

namespace reelface {

// Values of a note that some process left in a plan's folder. Notes only tell people how far the work is: one that is
// half written, or not ours, counts as one that says nothing. `note` is an object.

template <class Json>
std::string text_at(const Json& note, const char* key) {
  const auto found = note.find(key);
  return found != note.end() && found->is_string() ? found->template get<std::string>() : std::string();
}

template <class Json>
double seconds_at(const Json& note, const char* key) {
  const auto found = note.find(key);
  return found != note.end() && found->is_number() ? found->template get<double>() : 0.0;
}

/// 0 or more.
template <class Json>
std::int64_t count_at(const Json& note, const char* key) {
  const auto found = note.find(key);
  if (found == note.end()) return 0;
  try {
    return std::max<std::int64_t>(0, integer_from<std::int64_t>(*found));
  } catch (const std::runtime_error&) {
    return 0;
  }
}

}  // namespace reelface
