// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inference/layers/network_description.h"

namespace reelface {

/// Side of the crops that the descriptor takes.
constexpr int kDescriptorCropSize = 150;

/// The convolutions of the descriptor: a residual network, whose output's means over the picture say who is seen.
NetworkDescription describe_descriptor();

}  // namespace reelface
