// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>

#include "reelface/core/cancel_token.h"

namespace reelface {

/// Mount `reelface plan`, `part`, `join` and `status`: a film in parts. As with add_restore_command().
void add_plan_command(CLI::App& program, const CancelToken& cancel, int& exit_code);
void add_part_command(CLI::App& program, const CancelToken& cancel, int& exit_code);
void add_join_command(CLI::App& program, const CancelToken& cancel, int& exit_code);
void add_status_command(CLI::App& program);

}  // namespace reelface
