// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>

#include "inference/checkpoint/safetensors_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    static_cast<void>(reelface::read_safetensors(reelface::ByteView(reinterpret_cast<const std::byte*>(data), size)));
  } catch (const reelface::MalformedCheckpoint&) {
  }
  return 0;
}
