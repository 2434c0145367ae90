// SPDX-License-Identifier: Apache-2.0
#include "app/commands/interruption.h"

#include <csignal>

#include "app/signals.h"
#include "reelface/core/error.h"

namespace reelface {

int exit_code_after_interruption() {
  return static_cast<int>(received_signal() == SIGTERM ? ExitCode::kTerminated : ExitCode::kInterrupted);
}

}  // namespace reelface
