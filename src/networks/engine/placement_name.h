// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/instruction_set.h"
#include "networks/engine/cuda_support.h"
#include "networks/placement.h"

namespace reelface {

/// "bf16 on cpu (AVX-512)", "fp16 on cuda (NVIDIA H200)": all that decides about the last bits of a pixel.
inline std::string placement_name(const Placement& placement) {
  const char* type = placement.type == at::kBFloat16 ? "bf16" : placement.type == at::kHalf ? "fp16" : "fp32";
  const std::string processor =
      placement.device.is_cuda() ? describe_cuda_device(placement.device.index()).description : instruction_set_name();
  return std::string(type) + " on " + (placement.device.is_cuda() ? "cuda" : "cpu") + " (" + processor + ")";
}

}  // namespace reelface
