#pragma once

#include "reelface/core/rgb_image.h"
#include "reelface/image/frame.h"

namespace reelface {

/// How strong the noise or grain of a frame is, in levels of 0..255: the mean over the tones it has, in its calm
/// places. 0 where there is none to measure.
double noise_levels(const Frame& frame);

/// The same of what changes between two pictures of the same thing, in the places where least does: fine texture, which
/// looks like noise in a single picture, does not change.
double changing_noise_levels(RgbViewF picture, RgbViewF other);

}  // namespace reelface
