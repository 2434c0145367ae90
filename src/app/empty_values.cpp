// SPDX-License-Identifier: Apache-2.0
#include "app/empty_values.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>

#include "reelface/core/error.h"

namespace reelface {
namespace {

std::string name_of(const CLI::Option& option) {
  const std::string place = option.get_name(true);  // empty for those that have no place, only a name
  return place.empty() ? option.get_name() : place;
}

bool has_empty_value(const CLI::Option& option) {
  const auto& values = option.results();
  return std::any_of(values.begin(), values.end(), [](const std::string& value) { return value.empty(); });
}

}  // namespace

void refuse_empty_values(const CLI::App& program) {
  for (const CLI::Option* option : program.get_options()) {
    if (!has_empty_value(*option)) continue;
    throw Error(ExitCode::kUsage, "the value of " + name_of(*option) + " is empty", "give it one, or leave it out");
  }
  for (const CLI::App* inner : program.get_subcommands([](const CLI::App*) { return true; }))
    refuse_empty_values(*inner);
}

}  // namespace reelface
