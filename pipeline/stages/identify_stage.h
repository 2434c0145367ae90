// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "inference/face_descriptor.h"
#include "people/reference_face.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

struct IdentifyOptions {
  std::vector<ReferenceFace> references;  ///< who is wanted
  double distance = 0.48;                 ///< nearer than this to one of them
  double look_ahead_seconds = 0.5;
};

/// Selects the faces of the people wanted. Who a piece of a track shows is settled once, when its first frame leaves,
/// from the best views within the look-ahead, so that nothing switches on or off later on. Holds groups back for that
/// long.
LookAhead make_identify_stage(std::shared_ptr<const FaceDescriptor> descriptor, IdentifyOptions options,
                              double frames_per_second, std::size_t frames_per_group);

}  // namespace reelface
