// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <exception>
#include <nlohmann/json.hpp>

#include "studio/http/http_message.h"

namespace reelface {

HttpAnswer json_answer(const nlohmann::ordered_json& json, int status = 200);

/// What went wrong, and what can be done about it.
HttpAnswer failure_answer(const std::exception& exception);

HttpAnswer not_found();

/// A count that the query must have. Throws Error(kUsage).
std::int64_t asked_count(const HttpHead& head, const char* name);

/// What belongs to every answer that does not say otherwise: nothing of it is kept, sent elsewhere, framed or taken for
/// something else.
void add_usual_headers(HttpAnswer& answer);

}  // namespace reelface
