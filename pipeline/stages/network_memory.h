// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace reelface {

// What networks and what they compute with take, in bytes, by a name for StepMemory::loaded. Measured; who a face is
// took 30 to 52 MiB, LibTorch 105 and 106.

using LoadedMemory = std::pair<const std::string, std::int64_t>;

constexpr std::int64_t kMebibyte = 1 << 20;

inline LoadedMemory memory_of_detector() {
  return {"detector", 10 * kMebibyte};
}
inline LoadedMemory memory_of_restorer() {
  return {"restorer", 80 * kMebibyte};
}
inline LoadedMemory memory_of_descriptor() {
  return {"descriptor", 50 * kMebibyte};
}
inline LoadedMemory memory_of_libtorch() {
  return {"LibTorch", 110 * kMebibyte};
}

inline LoadedMemory memory_of_cleaner() {
  return {"cleaner", 20 * kMebibyte};
}

/// In floats.
inline std::int64_t bytes_of_crop(int crop_size) {
  return std::int64_t{crop_size} * crop_size * 3 * static_cast<std::int64_t>(sizeof(float));
}
inline std::int64_t bytes_of_mask(int crop_size) {
  return std::int64_t{crop_size} * crop_size * static_cast<std::int64_t>(sizeof(float));
}

}  // namespace reelface
