#pragma once

#include <memory>
#include <vector>

#include "reelface/core/rgb_image.h"

namespace reelface {

/// Takes out of the neighbours of a picture, moved onto it, what is not the same thing: what the motion was not found
/// of, what comes into sight or goes out of it. There the middle picture stands in. Something seen alike on both sides
/// stays even where the middle shows something else: that may be dirt. `pictures` in order of time, the middle in the
/// middle, all of one size; `noise_levels` of 0..255. New pictures are put into `made`, of the same length, and
/// `pictures` then look at those.
void keep_what_is_the_same(std::vector<RgbViewF>& pictures, std::vector<std::unique_ptr<RgbImageF>>& made,
                           double noise_levels);

}  // namespace reelface
