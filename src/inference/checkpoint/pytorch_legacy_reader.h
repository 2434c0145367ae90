// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inference/checkpoint/byte_view.h"
#include "inference/checkpoint/checkpoint.h"

namespace reelface {

/// True if the bytes begin as files of the older form do.
bool is_pytorch_legacy(ByteView file);

/// Reads the form that torch.save wrote before PyTorch 1.6, and that GFPGAN v1.3 and v1.4 are published in: five
/// pickles (magic number, protocol, machine, object, storage keys), then each storage as element count and data. The
/// tensors look into `file`. Throws MalformedCheckpoint.
Checkpoint read_pytorch_legacy(ByteView file);

}  // namespace reelface
