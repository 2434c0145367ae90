// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>
#include <dlfcn.h>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>

namespace reelface {

/// Bytes of this process in ordinary memory.
inline std::int64_t resident_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::int64_t kibibytes = 0;
    if (word == "VmRSS:" && status >> kibibytes) return kibibytes << 10;
  }
  return 0;
}

struct DeviceMemory {
  std::int64_t left = 0, all = 0;
};

/// Of a card, of which something has been used already; nothing elsewhere. Asks the driver itself, so that no header of
/// CUDA is needed.
inline DeviceMemory device_memory(const at::Device& device) {
  if (!device.is_cuda()) return {};
  using GetMemory = int (*)(std::size_t*, std::size_t*);
  void* driver = ::dlopen("libcuda.so.1", RTLD_LAZY);
  const auto get = driver ? reinterpret_cast<GetMemory>(::dlsym(driver, "cuMemGetInfo_v2")) : nullptr;
  std::size_t left = 0, all = 0;
  if (!get || get(&left, &all) != 0) return {};
  return {static_cast<std::int64_t>(left), static_cast<std::int64_t>(all)};
}

/// Bytes that are taken on the device, by this process and by others; on a CPU those of this process.
inline std::int64_t device_memory_in_use(const at::Device& device) {
  if (!device.is_cuda()) return resident_bytes();
  const DeviceMemory memory = device_memory(device);
  return memory.all - memory.left;
}

}  // namespace reelface
