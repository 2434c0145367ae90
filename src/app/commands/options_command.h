// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>

namespace reelface {

/// Adds `reelface options`: every option of `restore`, for people, for programs and for shells.
void add_options_command(CLI::App& program);

}  // namespace reelface
