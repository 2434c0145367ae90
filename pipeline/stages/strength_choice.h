// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "faces/face_strength.h"
#include "reelface/inference/model_traits.h"
#include "reelface/restore/restore_options.h"

namespace reelface {

/// How the need of a face becomes the strength of its restoration, by what is asked for and what restores.
StrengthOptions strength_options(const RestoreOptions& options, const ModelTraits& model);

}  // namespace reelface
