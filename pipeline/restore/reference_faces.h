// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "inference/face_descriptor.h"
#include "people/reference_face.h"

namespace reelface {

/// The largest face of each photo. Throws Error(kUsage) for a photo without a face, Error(kInputUnreadable) for none at
/// all.
std::vector<ReferenceFace> read_reference_faces(const std::vector<std::string>& photos,
                                                const std::shared_ptr<const FaceDescriptor>& descriptor);

}  // namespace reelface
