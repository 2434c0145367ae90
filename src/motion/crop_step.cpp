// SPDX-License-Identifier: Apache-2.0
#include "motion/crop_step.h"

#include <mutex>
#include <utility>

#include "image/opencv_view.h"
#include "picture_motion.h"

namespace reelface {

struct CropStep::Found {
  std::once_flag once;
  MotionBothWays motion;
};

CropStep::CropStep(Crop earlier, Crop later, double earlier_seconds)
    : earlier_(std::move(earlier)),
      later_(std::move(later)),
      earlier_seconds_(earlier_seconds),
      found_(std::make_unique<Found>()) {}

CropStep::~CropStep() = default;

const MotionBothWays& CropStep::motion() const {
  std::call_once(found_->once, [this] {
    found_->motion =
        find_motion(motion_picture(opencv_view(earlier_->view())), motion_picture(opencv_view(later_->view())));
  });
  return found_->motion;
}

}  // namespace reelface
