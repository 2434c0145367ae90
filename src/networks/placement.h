// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

namespace reelface {

/// Where a network's tensors live and in which number type it computes.
struct Placement {
  at::Device device = at::Device(at::kCPU);
  at::ScalarType type = at::kFloat;
};

}  // namespace reelface
