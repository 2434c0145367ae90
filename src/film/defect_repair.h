// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "film/defects.h"
#include "reelface/image/frame.h"

namespace reelface {

/// Fills a defect from the frame it says, grain included, in the frame's own planes and codes. No other sample changes.
/// The frame must be writable and editable, the source of the same format and size. Alpha stays.
void fill_defect(Frame& frame, const Frame& source, const Defect& defect);

}  // namespace reelface
