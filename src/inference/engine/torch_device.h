#pragma once

#include <ATen/ATen.h>

#include <string>

namespace reelface {

/// LibTorch's form of what resolve_device() returned.
at::Device torch_device(const std::string& resolved_name);

/// Whether the CPU multiplies bf16 itself; emulated, it is slower than fp32.
bool cpu_has_fast_bf16();

/// Sets LibTorch's threads (0 = all cores of this process), and says so once if its linear algebra is the slow reference.
void prepare_torch(int threads);

}  // namespace reelface
