// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <vector>

#include "image/grain.h"
#include "reelface/core/rgb_image.h"

namespace reelface {

/// Takes out of the neighbours of a picture, moved onto it, what is not the same thing: what the motion was not found
/// of, what comes into sight or goes out of it. There the middle picture stands in. Something seen alike on both sides
/// stays where the middle shows a small speck instead: that is dirt. Flicker is forgiven. `pictures` in order of time,
/// the middle in the middle, all of one size; `noise`: of one picture. New pictures are put into `made`, of the same
/// length, and `pictures` then look at those. Returns how much of the noise's variance the mean of all pictures still
/// has at each pixel, from 1 / their number to 1.
cv::Mat keep_what_is_the_same(std::vector<RgbViewF>& pictures, std::vector<std::unique_ptr<RgbImageF>>& made,
                              const GrainModel& noise);

}  // namespace reelface
