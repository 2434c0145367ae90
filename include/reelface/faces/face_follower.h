#pragma once

#include <memory>
#include <vector>

#include "reelface/core/rgb_image.h"
#include "reelface/faces/face_tracker.h"
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

  /// A frame that was looked at: says of each face where it was in the frames since the one looked at before. Faces are
  /// in display coordinates, `picture_to_display` leads there from the pixels of the picture.
  void look(double time_seconds, RgbView8 picture, const Affine& picture_to_display, std::vector<ObservedFace>& faces);

  /// A frame that was not: where the faces of the last frame looked at are now, as long as they can be followed.
  std::vector<FollowedFace> follow(double time_seconds, RgbView8 picture, const Affine& picture_to_display);

  /// A frame without a picture: nothing is followed across it.
  void forget();

 private:
  class Trail;
  std::unique_ptr<Trail> trail_;
};

}  // namespace reelface
