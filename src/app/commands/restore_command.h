// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>

#include "reelface/core/cancel_token.h"

namespace reelface {

/// Mounts `reelface restore`. The callback runs the command and sets `exit_code`, or throws Error. Both must outlive
/// the parse.
void add_restore_command(CLI::App& program, const CancelToken& cancel, int& exit_code);

}  // namespace reelface
