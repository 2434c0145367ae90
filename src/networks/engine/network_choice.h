// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include "inference/checkpoint/checkpoint.h"
#include "inference/load_models.h"
#include "networks/engine/precision_choice.h"

namespace reelface {

/// The checkpoint's network on this device. kAuto takes the fastest precision that is near enough to fp32, measured
/// with batches of this size as well. In less than fp32, pictures that pass its range are restored again in fp32.
LoadedNetwork load_network(const Checkpoint& checkpoint, const at::Device& device, Precision precision, int batch);

}  // namespace reelface
