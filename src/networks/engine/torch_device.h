// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <string>
#include <vector>

#include "reelface/inference/device.h"

namespace reelface {

/// What list_devices() and resolve_device() promise, done with LibTorch.
std::vector<DeviceInfo> torch_devices();
std::string resolve_torch_device(const std::string& wanted);

/// Why "auto" means the processor; empty if it means a card.
std::string why_no_torch_card();

/// LibTorch's form of what resolve_torch_device() returned.
at::Device torch_device(const std::string& resolved_name);

/// How many cores LibTorch may use for one operation that the calling thread starts.
void use_torch_threads(int threads);

/// To be called before the first network is used. Says so, once, if LibTorch's linear algebra is the slow reference.
void prepare_torch();

/// Part of it: fp32 means fp32 and not TF32, whatever the environment says. To be called before a card is used.
void keep_fp32_exact();

/// Memory of this machine in bytes, 0 if unknown.
std::int64_t main_memory_bytes();

}  // namespace reelface
