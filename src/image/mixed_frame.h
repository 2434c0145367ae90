// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/image/frame.h"

namespace reelface {

/// Makes of a frame a mixture with another one of the same size and format: `share` of the frame, the rest of the
/// other. Where both are equal the samples stay bit for bit. Frames that cannot be changed stay as they are.
void mix_in(Frame& frame, const Frame& other, double share);

}  // namespace reelface
