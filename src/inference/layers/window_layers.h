// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inference/layers/network_description.h"
#include "inference/layers/window_shape.h"

namespace reelface {

/// The layers of the residual U-Net that looks at a window of pictures and says what to add to the middle one. It works
/// at half the pictures' size: pixels of a 2x2 square lie behind each other as channels (see window_squares.h). The
/// first output is the correction, 12 channels; the second, where the network has one, that of the picture enlarged
/// twice, 48.
NetworkDescription describe_window_network(const WindowShape& shape);

}  // namespace reelface
