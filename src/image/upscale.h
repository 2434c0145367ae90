#pragma once

#include "reelface/image/affine.h"
#include "reelface/image/frame.h"

namespace reelface {

/// Frame coordinates to those of the picture enlarged `factor` times: pixel centres, so x' = factor·x + (factor − 1)/2.
/// A face is pasted there with chain(upscale_map(factor).inverse(), frame_to_crop).
Affine upscale_map(int factor);

/// What is known about the enlarged frame: everything as before but the size.
FrameFacts upscaled_facts(const FrameFacts& facts, int factor);

/// Every component, alpha too, enlarged on its own grid with a Lanczos window of three lobes. Format, depth, range and
/// the place of the chroma samples stay. `factor` is 1 to 4; 1 gives a copy that shares its samples.
Frame upscale(const Frame& frame, int factor);

}  // namespace reelface
