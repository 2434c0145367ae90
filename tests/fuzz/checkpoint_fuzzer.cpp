// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "inference/checkpoint/checkpoint_parser.h"
#include "inference/checkpoint/malformed_checkpoint.h"
#include "inference/checkpoint/tensor_values.h"

/// Whole files of any form; what is accepted must be readable to its last element and no larger than the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto checkpoint =
        reelface::parse_checkpoint(reelface::ByteView(reinterpret_cast<const std::byte*>(data), size), "fuzzed");
    std::size_t elements = 0;
    volatile double sum = 0;
    for (const auto& [name, tensor] : checkpoint.tensors) {
      for (const double value : reelface::tensor_values(tensor)) {
        sum = sum + value;
        ++elements;
      }
    }
    if (elements > size) std::abort();
  } catch (const reelface::MalformedCheckpoint&) {
  }
  return 0;
}
