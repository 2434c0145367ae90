// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>

namespace reelface {

/// Mounts `reelface settings`. The callback runs the command or throws Error.
void add_settings_command(CLI::App& program);

}  // namespace reelface
