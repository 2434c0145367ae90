// SPDX-License-Identifier: Apache-2.0
#include "pipeline/values/strict_json.h"

#include <set>
#include <vector>

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

/// "parse error at line 2, column 7: …", without what the library calls it.
std::string reason_of(const Json::exception& failure) {
  const std::string text = failure.what();
  const std::size_t end = text.find("] ");
  return end == std::string::npos ? text : text.substr(end + 2);
}

class Form {
 public:
  explicit Form(int deepest) : deepest_(deepest) {}

  void see(int depth, Json::parse_event_t event, const Json& json) {
    const bool opens_object = event == Json::parse_event_t::object_start;
    if ((opens_object || event == Json::parse_event_t::array_start) && depth > deepest_)
      throw JsonFault(JsonFault::Kind::kTooDeep, "");
    if (opens_object) names_.emplace_back();
    if (event == Json::parse_event_t::object_end) names_.pop_back();
    if (event != Json::parse_event_t::key) return;
    const auto name = json.get<std::string>();
    if (!names_.back().insert(name).second) throw JsonFault(JsonFault::Kind::kTwice, name);
  }

 private:
  int deepest_;
  std::vector<std::set<std::string>> names_;  ///< of the objects that are open
};

}  // namespace

Json strict_json(const std::string& text, int deepest) {
  Form form(deepest);
  const auto see = [&form](int depth, Json::parse_event_t event, const Json& json) {
    form.see(depth, event, json);
    return true;
  };
  try {
    return Json::parse(text, see);
  } catch (const Json::exception& failure) {
    throw JsonFault(JsonFault::Kind::kNoJson, reason_of(failure));
  }
}

}  // namespace reelface
