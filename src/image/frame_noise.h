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

/// Pictures of the same thing.
struct PicturePair {
  RgbViewF one, other;
};

/// The noise that changes from one picture to the next, by tone: of the places where least does, and of several pairs
/// that which changes least in each place. Fine texture, which looks like noise in a single picture, does not change,
/// unless it was moved badly: pairs that were moved alike, or not at all, tell. A pair of equal pictures tells nothing;
/// empty where there is no other. Says nothing of how neighbouring samples depend on one another.
GrainModel changing_noise(const std::vector<PicturePair>& given);

}  // namespace reelface
