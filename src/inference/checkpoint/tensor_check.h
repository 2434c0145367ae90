// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "inference/checkpoint/checkpoint.h"

namespace reelface {

struct ExpectedTensor {
  std::string name;
  std::vector<std::int64_t> shape;
};

/// Throws Error(kModelRejected) that lists what is missing, misshapen, not floating point or not expected, so that a
/// network is only ever built from a checkpoint that fits it exactly.
void check_tensors(const Checkpoint& checkpoint, const std::vector<ExpectedTensor>& expected);

}  // namespace reelface
