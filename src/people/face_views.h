// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "inference/face_descriptor.h"
#include "reelface/core/rgb_image.h"
#include "reelface/faces/tracked_face.h"
#include "reelface/image/affine.h"
#include "reelface/image/frame.h"

namespace reelface {

/// A face cut out where it may be recognised.
struct FaceView {
  double score = 0;       ///< how well it is seen there, 0..1
  double confidence = 0;  ///< of what it describes as, 0..1
  double size_px = 0;     ///< of the face
  RgbImageF crop;
};

/// Cuts a face out for the descriptor. The score is the caller's.
FaceView cut_view(const Frame& frame, const TrackedFace& face, int crop_size);

/// A frame's pixels to those of the 512 template.
Affine frame_to_template(const Frame& frame, const TrackedFace& face);

struct DescribedViews {
  double confidence = 0;  ///< 0: nobody could tell
  double size_px = 0;     ///< of the face, on average
  FaceDescription description{};
};

/// Who several views of one face show: the mean of their descriptions and of their mean's. The best views count most.
DescribedViews describe_views(const FaceDescriptor& descriptor, std::vector<FaceView> views);

}  // namespace reelface
