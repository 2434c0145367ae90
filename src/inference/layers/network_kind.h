#pragma once

#include "inference/checkpoint/checkpoint.h"

namespace reelface {

enum class NetworkKind { kUnknown, kGfpgan, kWindow, kYunet, kDescriptor };

/// Which network a checkpoint belongs to, by its tensors' names alone. The network itself checks the rest.
NetworkKind kind_of(const Checkpoint& checkpoint);

}  // namespace reelface
