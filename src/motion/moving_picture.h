// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <opencv2/core.hpp>
#include <vector>

#include "image/grain.h"
#include "reelface/core/rgb_image.h"
#include "reelface/image/frame.h"

namespace reelface {

struct MotionBothWays;

/// A frame as a picture among its neighbours in time. What several windows need of it is made once, by whoever asks
/// first, and kept as long as it is. Thread-safe.
class MovingPicture {
 public:
  /// Shares the frame's samples; nobody may change them in place. Its format must be editable.
  explicit MovingPicture(Frame frame);
  ~MovingPicture();
  MovingPicture(const MovingPicture&) = delete;
  MovingPicture& operator=(const MovingPicture&) = delete;

  const Frame& frame() const { return frame_; }
  const RgbImageF& picture() const;
  const GrainModel& grain() const;  ///< see image/frame_noise.h

  /// What motion is searched on: grey, half as large, lightly blurred: grain has no motion worth following.
  const cv::Mat& searched() const;

 private:
  struct Made;
  Frame frame_;
  std::unique_ptr<Made> made_;
};

using SharedPicture = std::shared_ptr<const MovingPicture>;

/// How a film moved from one picture to a later one, both ways; searched for once, by whoever asks first. Thread-safe.
class PictureStep {
 public:
  PictureStep(SharedPicture earlier, SharedPicture later);
  ~PictureStep();
  PictureStep(const PictureStep&) = delete;
  PictureStep& operator=(const PictureStep&) = delete;

  const SharedPicture& earlier() const { return earlier_; }
  const SharedPicture& later() const { return later_; }

  /// For the sources of this library: the type is private to it.
  const MotionBothWays& motion() const;

 private:
  struct Found;
  SharedPicture earlier_, later_;
  std::unique_ptr<Found> found_;
};

using SharedPictureStep = std::shared_ptr<const PictureStep>;

/// A picture with its neighbours in time, oldest first, itself in the middle. `steps[i]` lies between pictures[i] and
/// the middle, null where both are the same picture: at the ends of a shot the last one there is stands in for what is
/// missing.
struct PictureWindow {
  std::vector<SharedPicture> pictures;
  std::vector<SharedPictureStep> steps;

  const SharedPicture& middle() const { return pictures[pictures.size() / 2]; }
};

/// The neighbours of a window moved onto the middle one along the motion of the film, as many as there are pictures;
/// none for the middle, for those farther from it than `reach`, and for a neighbour that is better used as it is: one
/// that does not move, or is the middle itself. All have one size. Thread-safe.
std::vector<std::unique_ptr<RgbImageF>> moved_onto_middle(const PictureWindow& window,
                                                          std::size_t reach = std::numeric_limits<std::size_t>::max());

}  // namespace reelface
