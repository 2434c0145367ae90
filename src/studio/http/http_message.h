// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace reelface {

/// A request without its body, as it came: names of headers in small letters, what is said twice is there twice.
struct HttpHead {
  std::string method;
  std::string target;  ///< as it was sent: path and query
  std::string path;    ///< decoded, without the query
  std::multimap<std::string, std::string> query;
  std::multimap<std::string, std::string> headers;

  /// What the header says; none if it is not there exactly once.
  std::optional<std::string> header(const std::string& name) const;
  /// The same of the query.
  std::optional<std::string> asked(const std::string& name) const;
};

struct HttpAnswer {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers{};
};

/// The value of a cookie of this name in a Cookie header; none if it is not there exactly once.
std::optional<std::string> cookie_named(const std::string& name, const std::string& header);

}  // namespace reelface
