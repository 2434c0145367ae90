// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>

#include "app/call_options.h"
#include "reelface/restore/option_table.h"

namespace reelface {

/// Whether the words on the command line say this option.
bool is_given(const CLI::App& command, const OptionFacts& facts);

/// Takes what the settings that `call` names say, but for options that `command` was given, or whose rival it was
/// given; `call` then says the file's path. Does nothing without settings. Throws Error for settings that cannot be
/// used.
void take_settings(const CLI::App& command, RestoreOptions& options, CallOptions& call);

}  // namespace reelface
