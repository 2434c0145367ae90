#pragma once

#include "app/call_options.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// What `reelface restore` was asked for.
struct RestoreRequest {
  RestoreOptions options;
  CallOptions call;
};

/// Throws Error(kUsage) for answers that contradict each other.
void check_answers(const RestoreRequest& request);

}  // namespace reelface
