#pragma once

#include <memory>

#include "reelface/inference/face_descriptor.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// The restoring stage, followed by a look at whether the faces whose turn it is are still themselves. As parallel as
/// the restoring is.
Stage with_identity_measured(Stage restore, std::shared_ptr<const FaceDescriptor> descriptor, double limit);

}  // namespace reelface
