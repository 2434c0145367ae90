// SPDX-License-Identifier: Apache-2.0
#include "motion/crop_flow.h"

#include "image/opencv_view.h"
#include "picture_motion.h"
#include "reelface/core/error.h"
#include "resampling.h"

namespace reelface {
namespace {

/// Of a 256 px crop. Below this, resampling costs more detail than moving wins.
constexpr double kTinyMotionPx = 0.25;

std::optional<RgbImageF> fetched(const RgbViewF& neighbour, const Motion& way) {
  if (way.empty() || typical_length(way) * 256 / way.cols < kTinyMotionPx) return std::nullopt;
  RgbImageF image(neighbour.width, neighbour.height);
  cv::Mat pixels = opencv_view(image.view());
  read_at_offsets(opencv_view(neighbour), resized(way, {neighbour.width, neighbour.height}), Resampling::kCubic,
                  pixels);
  return image;
}

void require_equal_squares(const std::vector<RgbViewF>& window) {
  const RgbViewF& middle = window[window.size() / 2];
  for (const RgbViewF& crop : window) {
    if (crop.width == middle.width && crop.height == middle.height && middle.width == middle.height) continue;
    throw Error(ExitCode::kInternal, "crop flow: the crops of a window differ in size or are not square");
  }
}

}  // namespace

std::vector<std::optional<RgbImageF>> moved_onto_middle(const std::vector<RgbViewF>& window,
                                                        const std::vector<SharedStep>& steps) {
  std::vector<std::optional<RgbImageF>> result(window.size());
  if (window.size() < 2) return result;
  require_equal_squares(window);
  if (steps.size() != window.size()) throw Error(ExitCode::kInternal, "crop flow: a step for each crop of the window");
  const std::size_t middle = window.size() / 2;
  for (std::size_t index = 0; index < window.size(); ++index) {
    if (index == middle || !steps[index]) continue;
    const MotionBothWays& motion = steps[index]->motion();
    result[index] = fetched(window[index], index < middle ? motion.to_earlier : motion.to_later);
  }
  return result;
}

}  // namespace reelface
