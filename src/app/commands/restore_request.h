// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "app/call_options.h"
#include "core/path_check.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// What `reelface restore` was asked for.
struct RestoreRequest {
  RestoreOptions options;
  CallOptions call;
};

/// Throws Error(kUsage) for answers that contradict each other.
void check_answers(const RestoreRequest& request);

/// check() of the options. Where it throws, the settings are named that some of them may have come from: nobody has
/// typed those.
void check_options(const RestoreOptions& options, const CallOptions& call);

/// Every file that it reads: those of its options, and its settings.
std::vector<PathUse> files_read(const RestoreRequest& request);

}  // namespace reelface
