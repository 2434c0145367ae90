// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "inference/checkpoint/checkpoint.h"
#include "reelface/inference/model_traits.h"

namespace reelface {

/// What the shape of its network says of a restorer; nothing of other networks. Throws Error(kModelRejected) for a
/// window network whose tensors do not fit each other.
std::optional<ModelTraits> traits_of(const Checkpoint& checkpoint);

}  // namespace reelface
