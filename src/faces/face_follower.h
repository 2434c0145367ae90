// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "faces/face_tracker.h"
#include "reelface/core/rgb_image.h"
#include "reelface/image/affine.h"

namespace reelface {

/// Follows faces through the frames that the detector does not look at (--detect-every), by what moves in small copies:
/// forwards from the last frame looked at, and backwards from the next. About half a millisecond a face and frame each
/// way, whatever the face's size.
///
/// Finite memory: pictures since the last frame looked at, kMostFrames of them.
/// Thread-safety: none; one owner, frames in order.
class FaceFollower {
 public:
  static constexpr std::size_t kMostFrames = 12;

  FaceFollower();
  ~FaceFollower();

  /// For a frame that the detector has seen: finds where each face was in the frames since the last such one. Faces are
  /// in display coordinates; `picture_to_display` maps the pixels of the picture to them.
  void look(double time_seconds, RgbView8 picture, const Affine& picture_to_display, std::vector<ObservedFace>& faces);

  /// For the other frames: where the last faces found are now, as long as they can be followed.
  std::vector<FollowedFace> follow(double time_seconds, RgbView8 picture, const Affine& picture_to_display);

  /// A frame without a picture: nothing is followed across it.
  void forget();

 private:
  class Trail;
  std::unique_ptr<Trail> trail_;
};

}  // namespace reelface
