// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "reelface/image/frame.h"

namespace reelface {

/// A frame at the size that was asked for, as a network has enlarged it, until faces are pasted into it. Faces are
/// found and restored in the frame itself; a step behind the network that changes pictures has to change both.
struct EnlargedPicture {
  std::optional<Frame> frame;
};

}  // namespace reelface
