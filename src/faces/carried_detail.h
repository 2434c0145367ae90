// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "motion/crop_step.h"
#include "motion/picture_motion.h"
#include "motion/resampling.h"

namespace reelface {

/// What blending in time needs to know of one frame to carry detail to the next ones.
struct DetailFrame {
  double time_seconds = 0;
  cv::Mat judged;           ///< the input, RGB, small and blurred
  cv::Mat judged_restored;  ///< the restoration, small and less blurred
  cv::Mat changed;          ///< 0..1 at the judged size: how far the restoration is from its input; of this frame only
  cv::Mat detail;           ///< what the restoration has beyond broad light and colour
  Motion to_before;         ///< to the frame before, at the judged size
  cv::Mat steady;           ///< 0..1: how surely to_before is right. Empty = entirely
};

/// All but the way to the frame before. `broad_shift` (any size): what the restorer did to light and colour, which is
/// not detail.
DetailFrame detail_frame(double time_seconds, const RgbImageF& input, const cv::Mat& restored,
                         const cv::Mat& broad_shift);

/// From `input`, the crop of `now`, to that of the frame before. `step`, if it leads from there to here, knows it
/// already.
void find_way_back(DetailFrame& now, const CropStep::Crop& input, const CropStep::Crop& before, double before_seconds,
                   const CropStep* step);

/// Adds to `picture` what averaging its detail with that of past frames (newest first) changes: exactly nothing where
/// all the past is equal to it. Elsewhere than in these columns of each row it stays as it is.
void steady_detail(cv::Mat& picture, const std::vector<Columns>& where, const DetailFrame& now,
                   const std::vector<const DetailFrame*>& past, double memory_seconds);

}  // namespace reelface
