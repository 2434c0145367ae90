// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/core/face.h"
#include "reelface/image/affine.h"

namespace reelface {

/// The face where `by` puts it. `by` must not turn: small copies are upright, so a box stays a box.
Face moved(const Face& face, const Affine& by);

}  // namespace reelface
