// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>

#include "reelface/core/cancel_token.h"

namespace reelface {

/// Mounts `reelface analyze`: shots and tracks as JSON on stdout, a summary for people on stderr.
void add_analyze_command(CLI::App& program, const CancelToken& cancel, int& exit_code);

}  // namespace reelface
