// SPDX-License-Identifier: Apache-2.0
#include "motion/moving_picture.h"

#include <algorithm>
#include <mutex>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "image/frame_noise.h"
#include "image/opencv_view.h"
#include "image/small_copy.h"
#include "motion/camera_motion.h"
#include "picture_motion.h"
#include "reelface/image/frame_picture.h"
#include "resampling.h"

namespace reelface {
namespace {

constexpr double kBlur = 1.0;      // of the copy that motion is searched on
constexpr int kSmallestSide = 64;  // of that copy, where the frame is as large

/// In the frame's own pixels, root mean square. Below this resampling costs more detail than moving wins.
constexpr double kTinyMotionPx = 0.1;

cv::Mat searched_copy(const Frame& frame) {
  const int long_side = std::max(frame.facts().width, frame.facts().height);
  GreyImage8 small = make_grey_copy(frame, std::max((long_side + 1) / 2, kSmallestSide));
  const cv::Mat grey(small.height, small.width, CV_8U, small.samples.data());
  cv::Mat result;
  cv::GaussianBlur(grey, result, {}, kBlur);
  return result;
}

std::unique_ptr<RgbImageF> fetched(const RgbImageF& picture, const Motion& way) {
  if (way.empty() || typical_length(way) * picture.width / way.cols < kTinyMotionPx) return nullptr;
  auto image = std::make_unique<RgbImageF>(picture.width, picture.height);
  cv::Mat pixels = opencv_view(image->view());
  read_at_offsets(opencv_view(picture.view()), resized(way, {picture.width, picture.height}), Resampling::kCubic,
                  pixels);
  return image;
}

}  // namespace

namespace {

MotionBothWays motion_between(const cv::Mat& earlier, const cv::Mat& later) {
  MotionBothWays motion = find_motion(earlier, later);
  if (motion.to_earlier.empty()) return motion;
  const CameraMotion camera = find_camera_motion(later, earlier, motion.to_earlier);
  motion.to_earlier = with_camera_motion(later, earlier, motion.to_earlier, camera);
  motion.to_later = with_camera_motion(earlier, later, motion.to_later, camera.inverse());
  return motion;
}

}  // namespace

struct MovingPicture::Made {
  std::once_flag picture_once, grain_once, searched_once;
  RgbImageF picture;
  GrainModel grain;
  cv::Mat searched;
};

MovingPicture::MovingPicture(Frame frame) : frame_(std::move(frame)), made_(std::make_unique<Made>()) {}

MovingPicture::~MovingPicture() = default;

const RgbImageF& MovingPicture::picture() const {
  std::call_once(made_->picture_once, [this] { made_->picture = frame_picture(frame_); });
  return made_->picture;
}

const GrainModel& MovingPicture::grain() const {
  std::call_once(made_->grain_once, [this] { made_->grain = frame_grain(frame_); });
  return made_->grain;
}

const cv::Mat& MovingPicture::searched() const {
  std::call_once(made_->searched_once, [this] { made_->searched = searched_copy(frame_); });
  return made_->searched;
}

struct PictureStep::Found {
  std::once_flag once;
  MotionBothWays motion;
};

PictureStep::PictureStep(SharedPicture earlier, SharedPicture later)
    : earlier_(std::move(earlier)), later_(std::move(later)), found_(std::make_unique<Found>()) {}

PictureStep::~PictureStep() = default;

const MotionBothWays& PictureStep::motion() const {
  std::call_once(found_->once, [this] { found_->motion = motion_between(earlier_->searched(), later_->searched()); });
  return found_->motion;
}

std::vector<std::unique_ptr<RgbImageF>> moved_onto_middle(const PictureWindow& window, std::size_t reach) {
  std::vector<std::unique_ptr<RgbImageF>> result(window.pictures.size());
  const std::size_t middle = window.pictures.size() / 2;
  for (std::size_t index = 0; index < window.pictures.size(); ++index) {
    const bool is_before = index < middle;
    const std::size_t distance = is_before ? middle - index : index - middle;
    if (distance == 0 || distance > reach || !window.steps[index]) continue;
    const MotionBothWays& motion = window.steps[index]->motion();
    result[index] = fetched(window.pictures[index]->picture(), is_before ? motion.to_earlier : motion.to_later);
  }
  return result;
}

}  // namespace reelface
