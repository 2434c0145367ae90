// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>

namespace reelface {

/// Mounts `reelface devices`: what networks can run on.
void add_devices_command(CLI::App& program);

}  // namespace reelface
