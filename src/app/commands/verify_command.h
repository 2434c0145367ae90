// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>

#include "reelface/core/cancel_token.h"

namespace reelface {

/// Mounts `reelface verify`: whether an output is still what --checksums has written about it.
void add_verify_command(CLI::App& program, const CancelToken& cancel, int& exit_code);

}  // namespace reelface
