#include "app/commands/interruption.h"

#include <csignal>
#include <iostream>

#include "app/signals.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {

int exit_code_after_interruption() {
  return static_cast<int>(received_signal() == SIGTERM ? ExitCode::kTerminated : ExitCode::kInterrupted);
}

int run_interruptible(const CancelToken& cancel, const std::function<int()>& command) {
  try {
    return command();
  } catch (const std::exception& exception) {
    if (!cancel.is_requested()) throw;
    std::cerr << "reelface: " << printable(describe(exception)) << "\n";
    return exit_code_after_interruption();
  }
}

}  // namespace reelface
