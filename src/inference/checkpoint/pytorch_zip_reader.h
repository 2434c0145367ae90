// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inference/checkpoint/byte_view.h"
#include "inference/checkpoint/checkpoint.h"

namespace reelface {

/// Reads the zip form that torch.save writes since PyTorch 1.6. The tensors look into `file`.
/// Throws MalformedCheckpoint.
Checkpoint read_pytorch_zip(ByteView file);

}  // namespace reelface
