// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/channel_curves.h"
#include "light/scene_light.h"

namespace reelface {

/// What is to be done about the light of a picture. Logarithms of factors in the picture's own transfer, so that
/// several can be averaged; zeros change nothing.
struct LightChange {
  double gain = 0;
  double fill = 0;  ///< of an exponent: below zero what is dark becomes brighter, and white stays
  double red = 0, blue = 0;

  void add(const LightChange& other, double share);
};

/// What somebody whose skin is as bright as `skin` needs in this light. The scene tells: dim light is what leaves white
/// grey, light from behind is what leaves a face far darker than white; both in the same way for all skins. Faces are
/// never darkened.
LightChange wanted_light(const SceneLight& scene, double skin);

/// Ends softly below white.
ChannelCurves light_curves(const LightChange& change);

}  // namespace reelface
