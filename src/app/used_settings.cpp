// SPDX-License-Identifier: Apache-2.0
#include "app/used_settings.h"

#include <CLI/CLI.hpp>

#include "app/settings_folder.h"
#include "pipeline/values/settings_file.h"

namespace reelface {

bool is_given(const CLI::App& command, const OptionFacts& facts) {
  const CLI::Option* option = command.get_option_no_throw(facts.dashed());
  return option && option->count() > 0;
}

void take_settings(const CLI::App& command, RestoreOptions& options, CallOptions& call) {
  if (call.settings.empty()) return;
  call.settings = found_settings(call.settings);
  for (const auto& [name, texts] : read_settings(call.settings)) {
    const Option& row = option_named(name);
    const bool is_outdone =
        is_given(command, row) || (!row.rival.empty() && is_given(command, option_named(row.rival)));
    if (!is_outdone) row.write(options, texts);
  }
}

}  // namespace reelface
