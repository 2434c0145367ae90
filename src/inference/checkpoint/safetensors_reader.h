// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inference/checkpoint/byte_view.h"
#include "inference/checkpoint/checkpoint.h"

namespace reelface {

/// Reads a safetensors file's header and checks it against the bytes that follow: known types, shapes whose sizes
/// match, no overlap, no hole, nothing before or after. Fills tensors and metadata; the tensors look into `file`.
/// Throws MalformedCheckpoint.
Checkpoint read_safetensors(ByteView file);

}  // namespace reelface
