// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include "motion/picture_motion.h"

namespace reelface {

/// How a whole picture moved at once, as when the camera turns or zooms, or the film sways in its gate: an affine map
/// of offsets, in pixels.
class CameraMotion {
 public:
  CameraMotion() = default;
  explicit CameraMotion(const cv::Matx23d& map) : map_(map) {}

  cv::Point2d at(cv::Point2d place) const {
    return {map_(0, 0) * place.x + map_(0, 1) * place.y + map_(0, 2) - place.x,
            map_(1, 0) * place.x + map_(1, 1) * place.y + map_(1, 2) - place.y};
  }
  const cv::Matx23d& map() const { return map_; }
  Motion field(cv::Size size) const;
  CameraMotion inverse() const;

 private:
  cv::Matx23d map_ = {1, 0, 0, 0, 1, 0};  ///< from a place here to where it is there
};

/// What most of the picture did, found from the motion of its parts and then by comparing the pictures themselves,
/// which is several times more exact. What moves by itself and changes of brightness do not matter. Pictures CV_8U.
CameraMotion find_camera_motion(const cv::Mat& here, const cv::Mat& there, const Motion& motion);

/// `motion`, and the camera's where that explains the picture as well: a search part by part follows noise, and loses
/// its way in fine texture and beside what moves.
Motion with_camera_motion(const cv::Mat& here, const cv::Mat& there, const Motion& motion, const CameraMotion& camera);

}  // namespace reelface
