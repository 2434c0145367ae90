#pragma once

#include <string>
#include <vector>

#include "reelface/inference/face_descriptor.h"

namespace reelface {

/// The largest face of each photo, described. Throws Error(kUsage) for a photo without a face, Error(kInputUnreadable)
/// for none at all.
std::vector<FaceDescription> describe_reference_faces(const std::vector<std::string>& photos,
                                                      const FaceDescriptor& descriptor);

}  // namespace reelface
