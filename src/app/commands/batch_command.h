// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/commands/restore_request.h"
#include "reelface/core/cancel_token.h"

namespace reelface {

/// Restores many files, one behind the other, with models that are loaded once. A file that fails is told and does not
/// stop the others. Returns the exit code: 0, 1 if any file failed, or that of the interruption.
int restore_batch(const RestoreRequest& request, const CancelToken& cancel);

}  // namespace reelface
