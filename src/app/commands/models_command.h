// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>

#include "reelface/core/cancel_token.h"

namespace reelface {

/// Mounts `reelface models list|verify|pull|convert|inspect`. The callbacks do the work: results on stdout, messages on
/// stderr, Error on failure. `cancel` must outlive the parse.
void add_models_command(CLI::App& program, const CancelToken& cancel);

}  // namespace reelface
