// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "light/light_change.h"
#include "reelface/image/frame.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// What is to be done about the light of one tile, or of the whole picture where there are none.
struct LitPicture {
  PictureArea area;
  LightChange change;
};

/// Of a frame; found by the one step, done by the other.
struct LightWork {
  std::vector<LitPicture> pictures;
};

/// Finds how people are lit, behind the step that tracks them: tile by tile, averaged over the frames around.
LookAhead make_light_stage(std::size_t frames_per_group);

/// Whether it has found something to do in a frame.
bool changes_light(const FrameJob& job);

/// Gives them better light, before their faces are cut out.
Stage make_relight_stage();

}  // namespace reelface
