// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inference/checkpoint/checkpoint.h"

namespace reelface {

/// Weights on the way from one checkpoint to another that was trained like it: `share` (0..1) of the twin's, the rest
/// of the first's. Throws Error(kModelRejected) where they do not have the same tensors, or some are not finite.
Checkpoint mixed_checkpoint(const Checkpoint& first, const Checkpoint& twin, double share);

}  // namespace reelface
