// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "inference/checkpoint/byte_view.h"
#include "inference/checkpoint/checkpoint.h"

namespace reelface {

/// Recognises the form by its content (by the file's name only if it is too damaged for that) and reads it. The tensors
/// look into `file`; the result has neither path nor mapping yet. Throws MalformedCheckpoint.
Checkpoint parse_checkpoint(ByteView file, const std::string& file_name);

}  // namespace reelface
