// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/pipeline/stage.h"

namespace reelface {

/// For pictures that are aligned crops already (--aligned): the whole picture is the face, nothing is looked for.
Stage make_whole_picture_stage(int crop_size);

/// Writes the restored crop over the whole picture, as much of it as `strength` says. Rounded, not dithered: the
/// picture is then exactly what the network computed.
Stage make_replace_stage(double strength);

}  // namespace reelface
