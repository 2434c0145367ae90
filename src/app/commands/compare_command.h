// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>

#include "reelface/core/cancel_token.h"

namespace reelface {

/// Mounts `reelface compare`. The callback sets `exit_code` or throws Error. Both references must outlive the parse.
void add_compare_command(CLI::App& program, const CancelToken& cancel, int& exit_code);

}  // namespace reelface
