// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inference/checkpoint/checkpoint.h"

namespace reelface {

enum class NetworkKind { kUnknown, kGfpgan, kWindow, kCompactUpscaler, kResidualDense, kYunet, kDescriptor };

/// Whether it enlarges single pictures.
inline bool is_upscaler(NetworkKind kind) {
  return kind == NetworkKind::kCompactUpscaler || kind == NetworkKind::kResidualDense;
}

/// Which network a checkpoint belongs to, by its tensors' names alone. The network itself checks the rest.
NetworkKind kind_of(const Checkpoint& checkpoint);

}  // namespace reelface
