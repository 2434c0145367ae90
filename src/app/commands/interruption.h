#pragma once

#include <functional>

#include "reelface/core/cancel_token.h"

namespace reelface {

/// 130 or 143, by the signal that came.
int exit_code_after_interruption();

/// Runs a command. When it was interrupted, says so and returns the signal's exit code whatever was thrown.
int run_interruptible(const CancelToken& cancel, const std::function<int()>& command);

}  // namespace reelface
