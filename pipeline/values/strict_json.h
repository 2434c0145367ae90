// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace reelface {

/// Why a text cannot be taken for JSON.
class JsonFault : public std::runtime_error {
 public:
  enum class Kind { kNoJson, kTwice, kTooDeep };
  /// `what`: the parser's reason, or the name that is there twice, as it was given.
  JsonFault(Kind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}

  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

/// The library takes the last of two values for one name, and what is nested a thousand deep it can read but not walk
/// through. Here both throw JsonFault, as does what is no JSON. `deepest`: how many lists and objects may be open when
/// another one opens.
nlohmann::ordered_json strict_json(const std::string& text, int deepest);

}  // namespace reelface
