// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "inference/checkpoint/checkpoint.h"

namespace reelface {

/// Throws Error(kModelRejected) if it is missing.
const CheckpointTensor& tensor_named(const Checkpoint& checkpoint, const std::string& name);

/// A tensor's elements in row-major order. Throws Error(kModelRejected) if it is missing or one is infinite or no
/// number: such a network would blacken faces instead of failing.
std::vector<float> finite_values(const Checkpoint& checkpoint, const std::string& name);

/// The same, written to memory that is there already: as many floats as the tensor has elements.
void write_finite_values(const Checkpoint& checkpoint, const std::string& name, float* values);

}  // namespace reelface
