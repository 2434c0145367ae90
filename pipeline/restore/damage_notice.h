// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/restore/restore_video.h"

namespace reelface {

/// Makes a run that mends nothing of the whole picture say so, where it sees old film or much noise. Changes no
/// picture.
LineEditor noticing_damage();

}  // namespace reelface
