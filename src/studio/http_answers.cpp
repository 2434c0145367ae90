// SPDX-License-Identifier: Apache-2.0
#include "studio/http_answers.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "studio/routes.h"

namespace reelface {
namespace {

using Json = nlohmann::ordered_json;

int status_of(const std::exception& exception) {
  switch (exit_code_of(exception)) {
    case ExitCode::kUsage:
      return 422;
    case ExitCode::kInputUnreadable:
      return 404;
    case ExitCode::kTryAgain:
      return 425;
    default:
      return 500;
  }
}

bool has_header(const HttpAnswer& answer, const std::string& name) {
  return std::any_of(answer.headers.begin(), answer.headers.end(),
                     [&name](const auto& header) { return header.first == name; });
}

}  // namespace

HttpAnswer json_answer(const Json& json, int status) {
  return {status, "application/json", json.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

HttpAnswer failure_answer(const std::exception& exception) {
  return json_answer({{"error", printable(describe(exception))}, {"advice", printable(advice_of(exception))}},
                     status_of(exception));
}

HttpAnswer not_found() {
  return json_answer({{"error", "there is nothing here"}, {"advice", ""}}, 404);
}

std::int64_t asked_count(const HttpHead& head, const char* name) {
  const std::optional<std::int64_t> count = count_in(head, name);
  if (!count) throw Error(ExitCode::kUsage, std::string(name) + " is missing, or no number", "load the page again");
  return *count;
}

void add_usual_headers(HttpAnswer& answer) {
  for (const auto& [name, value] : std::initializer_list<std::pair<const char*, const char*>>{
           {"Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
           {"X-Content-Type-Options", "nosniff"},
           {"Referrer-Policy", "no-referrer"},
           {"Cache-Control", "no-store"},
           {"Cross-Origin-Resource-Policy", "same-origin"},
           {"Cross-Origin-Opener-Policy", "same-origin"},
       })
    if (!has_header(answer, name)) answer.headers.emplace_back(name, value);
}

}  // namespace reelface
