// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "inference/face_descriptor.h"
#include "inference/face_detector.h"
#include "reelface/image/frame.h"

namespace reelface {

/// Somebody's photo, to compare the faces of a film with. The description of a small face is a little like everybody's,
/// and far from that of a good photo of the same person. So the photo is made as small as the face, and as soft as
/// films are, before the two are compared. Not thread-safe: it keeps what it has worked out.
class ReferenceFace {
 public:
  /// `crop`: the descriptor's part of the photo's face.
  ReferenceFace(RgbImageF crop, std::shared_ptr<const FaceDescriptor> descriptor);

  /// The photo's description with its face made this large; 0: as large as it is.
  const FaceDescription& seen_at(double face_size_px);

 private:
  RgbImageF crop_;
  std::shared_ptr<const FaceDescriptor> descriptor_;
  std::map<int, FaceDescription> descriptions_;  // by size, in steps
};

/// The descriptor's part of the largest face in a picture, in `size` pixels; no value where no face is found.
std::optional<RgbImageF> largest_face(const Frame& photo, const FaceDetector& detector, int size);

}  // namespace reelface
