#pragma once

#include "reelface/image/frame.h"

namespace reelface {

/// How strong the noise or grain of a frame is, in levels of 0..255: the mean over the tones it has, in its calm
/// places. 0 where there is none to measure.
double noise_levels(const Frame& frame);

}  // namespace reelface
