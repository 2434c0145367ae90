// SPDX-License-Identifier: Apache-2.0
#include "faces/face_follower.h"

#include <deque>
#include <opencv2/imgproc.hpp>

#include "face_motion.h"
#include "faces/moved_face.h"
#include "image/opencv_view.h"

namespace reelface {
namespace {

struct FollowPicture {
  double time_seconds = 0;
  cv::Mat grey;
  Affine to_display;
};

FollowPicture follow_picture(double time_seconds, RgbView8 picture, const Affine& to_display) {
  FollowPicture result{time_seconds, {}, to_display};
  cv::cvtColor(opencv_view(picture), result.grey, cv::COLOR_RGB2GRAY);
  return result;
}

std::optional<Face> followed(const FollowPicture& here, const Face& face, const FollowPicture& there) {
  const Affine to_picture = here.to_display.inverse();
  const std::optional<Face> found = face_in_next_picture(here.grey, moved(face, to_picture), there.grey);
  if (!found) return std::nullopt;
  return moved(*found, there.to_display);
}

}  // namespace

class FaceFollower::Trail {
 public:
  void look(FollowPicture picture, std::vector<ObservedFace>& faces) {
    for (ObservedFace& face : faces) face.behind = way_back(picture, face.face);
    pictures_.clear();
    now_.clear();
    for (std::size_t index = 0; index < faces.size(); ++index) now_.push_back({index, faces[index].face});
    pictures_.push_back(std::move(picture));
  }

  std::vector<FollowedFace> follow(FollowPicture picture) {
    if (pictures_.size() > kMostFrames) now_.clear();
    std::vector<FollowedFace> found;
    for (const FollowedFace& face : now_) {
      if (const auto there = followed(pictures_.back(), face.face, picture)) found.push_back({face.of, *there});
    }
    now_ = found;
    pictures_.push_back(std::move(picture));
    while (pictures_.size() > kMostFrames + 1) pictures_.pop_front();
    return found;
  }

 private:
  /// Up to, and without, the frame that was looked at before.
  std::vector<TimedFace> way_back(const FollowPicture& from, Face face) const {
    std::vector<TimedFace> way;
    const FollowPicture* here = &from;
    for (std::size_t index = pictures_.size(); index > 1; --index) {
      const FollowPicture& there = pictures_[index - 1];
      const std::optional<Face> found = followed(*here, face, there);
      if (!found) break;
      face = *found;
      way.push_back({there.time_seconds, face});
      here = &there;
    }
    return way;
  }

  std::deque<FollowPicture> pictures_;  // the last one looked at, and those since
  std::vector<FollowedFace> now_;       // its faces, as far as they have been followed
};

FaceFollower::FaceFollower() : trail_(std::make_unique<Trail>()) {}
FaceFollower::~FaceFollower() = default;

void FaceFollower::look(double time_seconds, RgbView8 picture, const Affine& picture_to_display,
                        std::vector<ObservedFace>& faces) {
  trail_->look(follow_picture(time_seconds, picture, picture_to_display), faces);
}

std::vector<FollowedFace> FaceFollower::follow(double time_seconds, RgbView8 picture,
                                               const Affine& picture_to_display) {
  return trail_->follow(follow_picture(time_seconds, picture, picture_to_display));
}

void FaceFollower::forget() {
  *trail_ = Trail();
}

}  // namespace reelface
