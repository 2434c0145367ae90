// SPDX-License-Identifier: Apache-2.0
#include "reelface/core/error.h"

#include <exception>
#include <new>
#include <utility>

namespace reelface {

Error::Error(ExitCode exit_code, const std::string& message, std::string advice)
    : std::runtime_error(message), exit_code_(exit_code), advice_(std::move(advice)) {}

namespace {

/// Calls `visit` for the exception and everything nested in it, outermost first.
template <class Visit>
void walk(const std::exception& exception, const Visit& visit) {
  visit(exception);
  try {
    std::rethrow_if_nested(exception);
  } catch (const std::exception& inner) {
    walk(inner, visit);
  } catch (...) {
  }
}

}  // namespace

std::string describe(const std::exception& exception) {
  std::string text;
  walk(exception, [&](const std::exception& link) {
    if (!text.empty()) text += ": ";
    text += link.what();
  });
  return text;
}

ExitCode exit_code_of(const std::exception& exception) {
  ExitCode code = ExitCode::kInternal;
  walk(exception, [&](const std::exception& link) {
    if (const auto* error = dynamic_cast<const Error*>(&link))
      code = error->exit_code();
    else if (dynamic_cast<const std::bad_alloc*>(&link))
      code = ExitCode::kOutOfMemory;
  });
  return code;
}

std::string advice_of(const std::exception& exception) {
  std::string advice;
  walk(exception, [&](const std::exception& link) {
    const auto* error = dynamic_cast<const Error*>(&link);
    if (error && !error->advice().empty()) advice = error->advice();
  });
  return advice;
}

}  // namespace reelface
