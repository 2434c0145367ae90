// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/App.hpp>

#include "reelface/core/cancel_token.h"

namespace reelface {

/// Adds `reelface studio`: a page on this machine on which films are looked at as they would be restored.
void add_studio_command(CLI::App& program, const CancelToken& cancel);

}  // namespace reelface
