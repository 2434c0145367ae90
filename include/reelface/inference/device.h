// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace reelface {

/// A processor that networks can run on.
struct DeviceInfo {
  std::string name;               ///< as --device takes it: "cpu", "cuda:0"
  std::string description;        ///< for people
  std::int64_t memory_bytes = 0;  ///< 0 if unknown
};

/// The CPU first, then every CUDA device that this LibTorch can use. Starts nothing on them.
std::vector<DeviceInfo> list_devices();

/// The name of the device that `wanted` stands for: "auto" is the first CUDA device that can be used or else the CPU,
/// "cuda" is "cuda:0". Tries one convolution on a CUDA device when it is asked for first. Throws Error(kUsage) for a
/// name that is none, and for a device that is not there or cannot be used.
std::string resolve_device(const std::string& wanted);

/// The same for several devices, separated by commas; "cuda:all" is all CUDA devices. One that is named twice is meant
/// twice. Throws Error(kUsage), also for devices of several kinds: their pixels differ.
std::vector<std::string> resolve_devices(const std::string& wanted);

/// Why "auto" means the processor, for people; empty if it means a graphics card.
std::string why_no_graphics_card();

/// Whether this build can use graphics cards where there are any.
bool is_built_for_graphics_cards();

/// Whether something so far needed LibTorch, which takes some 110 MiB of memory.
bool libtorch_is_open();

}  // namespace reelface
