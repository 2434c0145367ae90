// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "image/grain.h"
#include "reelface/core/rgb_image.h"
#include "reelface/image/frame.h"

namespace reelface {

/// The noise or grain of a whole frame, in its calm places.
GrainModel frame_grain(const Frame& frame);

/// Gives it to a whole frame. The same seed gives the same grain.
void add_frame_grain(Frame& frame, const GrainModel& grain, std::uint64_t seed);

/// How strong it is, in levels of 0..255: the mean over the tones the frame has. 0 where there was none to measure.
double noise_levels(const GrainModel& grain);

/// Two pictures of the same thing.
struct PicturePair {
  RgbViewF one, other;
};

/// Two frames of a film against each other: as they are, and moved onto one another.
using ComparedFrames = std::vector<PicturePair>;

/// The noise by tone, from what changes between two pictures of the same thing. In each place the pair that changes
/// least is taken, and of all places the calm ones. Fine texture looks like noise in a single picture, but does not
/// change from one to the other, unless it was moved badly: both pictures of a pair should have been moved alike, or
/// not at all. A pair of equal pictures says nothing, and frames that change far less than others do are a frame shown
/// twice, as films are that run faster than they were taken: they are left out. The result is empty where no other is
/// left. It does not say how neighbouring samples depend on each other. All pictures have one size.
GrainModel changing_noise(const std::vector<ComparedFrames>& given);

/// The noise of a film, from what its frames one by one were found to have. Frames that say nothing, as all around them
/// show the same, are left out.
GrainModel settled_noise(const std::vector<GrainModel>& frames);

}  // namespace reelface
