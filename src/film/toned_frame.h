// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "film/tone_change.h"
#include "reelface/image/frame.h"

namespace reelface {

/// Takes a change of tone back: every sample loses what `tone` says one of its brightness and place has gained. Chroma
/// follows luma, so that colours stay what they are. In the frame's own format and depth, dithered, within its legal
/// range. The frame must be writable and editable.
void take_back(Frame& frame, const ToneChange& tone);

/// How much of it can be seen in this frame: levels of 0..255 that its samples have gained or lost, on average. The
/// frame must be editable.
double mean_change(const Frame& frame, const ToneChange& tone);

}  // namespace reelface
