// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include "networks/engine/card_check.h"
#include "reelface/inference/device.h"

namespace reelface {

// All that needs CUDA's own headers, and make_recorder() besides. Without them (REELFACE_WITH_CUDA, set where LibTorch
// has CUDA) the same interface does the plain thing.

/// Name and memory of a CUDA device, without starting anything on it.
DeviceInfo describe_cuda_device(int index);

/// What can be asked of the cards of this machine.
CardCalls cuda_card_calls();

/// Gives back what LibTorch keeps of the cards' memory for later, for the libraries beside it.
void give_back_kept_memory();

}  // namespace reelface
