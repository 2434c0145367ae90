// SPDX-License-Identifier: Apache-2.0
#include "studio/http/http_message.h"

#include <algorithm>
#include <iterator>

namespace reelface {
namespace {

std::optional<std::string> only_value(const std::multimap<std::string, std::string>& values, const std::string& name) {
  const auto [first, last] = values.equal_range(name);
  if (first == last || std::next(first) != last) return std::nullopt;
  return first->second;
}

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::optional<std::string> HttpHead::header(const std::string& name) const {
  return only_value(headers, name);
}

std::optional<std::string> HttpHead::asked(const std::string& name) const {
  return only_value(query, name);
}

std::optional<std::string> cookie_named(const std::string& name, const std::string& header) {
  std::optional<std::string> found;
  for (std::size_t start = 0; start <= header.size();) {
    const std::size_t end = std::min(header.find(';', start), header.size());
    const std::string pair = trimmed(header.substr(start, end - start));
    start = end + 1;
    if (pair.compare(0, name.size() + 1, name + "=") != 0) continue;
    if (found) return std::nullopt;
    found = pair.substr(name.size() + 1);
  }
  return found;
}

}  // namespace reelface
