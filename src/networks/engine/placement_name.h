#pragma once

#include <string>

#include "networks/placement.h"

namespace reelface {

/// "bf16 on cpu"
inline std::string placement_name(const Placement& placement) {
  const char* type = placement.type == at::kBFloat16 ? "bf16" : placement.type == at::kHalf ? "fp16" : "fp32";
  return std::string(type) + " on " + placement.device.str();
}

}  // namespace reelface
