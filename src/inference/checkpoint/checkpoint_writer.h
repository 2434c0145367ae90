// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "inference/checkpoint/checkpoint.h"

namespace reelface {

enum class WrittenPrecision { kAsIs, kHalf };

/// Writes the tensors as a safetensors file: beside `path` first, flushed to the disk, then renamed onto it, so that
/// the path holds all of it or what it held before, which stays unless `overwrite` is true. With kHalf floating-point
/// tensors are rounded to half precision; a value beyond its range is refused rather than turned into infinity. Throws
/// Error(kOutputUnwritable), or Error(kModelRejected) for values that half precision cannot hold.
void write_safetensors(const Checkpoint& checkpoint, const std::string& path,
                       WrittenPrecision precision = WrittenPrecision::kAsIs, bool overwrite = false);

}  // namespace reelface
