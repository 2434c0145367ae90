#pragma once

#include <string>
#include <vector>

#include "inference/checkpoint/checkpoint.h"

namespace reelface {

/// A tensor's elements in row-major order. Throws Error(kModelRejected) if it is missing or one is infinite or no
/// number: such a network would blacken faces instead of failing.
std::vector<float> finite_values(const Checkpoint& checkpoint, const std::string& name);

}  // namespace reelface
