// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/core/cancel_token.h"

namespace reelface {

/// SIGINT and SIGTERM ask `cancel` to finish; the second one asks it to abort; the third ends the process at once.
/// SIGPIPE and SIGXFSZ are ignored, so that a full or closed output is an error that can be reported.
/// The token must outlive the program's work.
void handle_signals(CancelToken& cancel);

/// The first signal that came, or 0.
int received_signal();

}  // namespace reelface
