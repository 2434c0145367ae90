// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "inference/face_descriptor.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// The restoring stage, followed by the measurement of identity in the faces where it is due. As parallel as restoring.
Stage with_identity_measured(Stage restore, std::shared_ptr<const FaceDescriptor> descriptor, double limit);

}  // namespace reelface
