#include "reelface/faces/crop_flow.h"

#include <opencv2/imgproc.hpp>

#include "crop_motion.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

/// Of a 256 px crop. Below this, resampling costs more detail than moving wins.
constexpr double kTinyMotionPx = 0.25;

RgbImageF copied(const cv::Mat& rgb) {
  RgbImageF image(rgb.cols, rgb.rows);
  rgb.copyTo(cv::Mat(rgb.rows, rgb.cols, CV_32FC3, image.samples.data()));
  return image;
}

}  // namespace

std::vector<std::optional<RgbImageF>> moved_onto_middle(const std::vector<RgbViewF>& window) {
  std::vector<std::optional<RgbImageF>> result(window.size());
  if (window.size() < 2) return result;
  const RgbViewF middle = window[window.size() / 2];
  const cv::Mat here = motion_picture(as_matrix(middle));
  for (std::size_t index = 0; index < window.size(); ++index) {
    const RgbViewF neighbour = window[index];
    if (neighbour.width != middle.width || neighbour.height != middle.height || middle.width != middle.height) {
      throw Error(ExitCode::kInternal, "crop flow: the crops of a window differ in size or are not square");
    }
    if (index == window.size() / 2 || neighbour.samples == middle.samples) continue;
    const Motion motion = find_motion(here, motion_picture(as_matrix(neighbour)), MotionPrecision::kFine);
    if (typical_length(motion) * 256 / here.cols < kTinyMotionPx) continue;
    result[index] = copied(moved(as_matrix(neighbour), resized(motion, middle.width), cv::INTER_CUBIC));
  }
  return result;
}

}  // namespace reelface
