// SPDX-License-Identifier: Apache-2.0
#include <functional>

#include "degrade/degrade_recipe.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

struct Preset {
  RecipePreset told;
  std::function<void(DegradeRecipe&)> fill;
};

const std::vector<Preset>& presets() {
  static const std::vector<Preset> list = {
      {{"film", "an old print, scanned"},
       [](DegradeRecipe& r) {
         r.blur = 1.4, r.shrink = 1.5, r.grain = 10, r.grain_size = 1.1, r.sepia = 0.85, r.fade = 0.45;
         r.flicker = 0.025, r.dust = 4, r.scratches = 1.2, r.weave = 0.7, r.jitter = 0.25, r.crf = 22;
       }},
      {{"webcam", "a video call over a poor line"},
       [](DegradeRecipe& r) {
         r.blur = 0.8, r.shrink = 2.5, r.noise = 6, r.noise_colour = 0.6, r.jpeg = 35, r.crf = 32;
       }},
      {{"vhs", "a worn tape"},
       [](DegradeRecipe& r) {
         r.blur = 1.1, r.shrink = 2, r.noise = 7, r.chroma_blur = 5, r.chroma_shift = 2.5, r.line_jitter = 0.5;
         r.interlace = 1, r.fade = 0.2, r.crf = 23;
       }},
      {{"lowres", "a quarter of the detail"}, [](DegradeRecipe& r) { r.shrink = 4, r.crf = 26; }},
      // The three that figures of gain are given for: fixed, or figures of different versions could not be compared.
      {{"noisy-film", "much noise, a third of the detail"},
       [](DegradeRecipe& r) { r.blur = 1, r.shrink = 3, r.noise = 20, r.crf = 24; }},
      {{"medium", "some noise, a quarter of the detail"},
       [](DegradeRecipe& r) { r.blur = 1.2, r.shrink = 4, r.noise = 8, r.crf = 28; }},
      {{"mild", "a little noise, half the detail"}, [](DegradeRecipe& r) { r.shrink = 2, r.noise = 6, r.crf = 28; }},
  };
  return list;
}

}  // namespace

DegradeRecipe recipe_named(const std::string& preset) {
  std::string known;
  for (const Preset& candidate : presets()) {
    if (candidate.told.name == preset) {
      DegradeRecipe recipe;
      candidate.fill(recipe);
      return recipe;
    }
    known += (known.empty() ? "" : ", ") + candidate.told.name;
  }
  throw Error(ExitCode::kUsage, "no degradation preset is called '" + preset + "'", "known are: " + known);
}

std::vector<RecipePreset> recipe_presets() {
  std::vector<RecipePreset> list;
  for (const Preset& preset : presets()) list.push_back(preset.told);
  return list;
}

}  // namespace reelface
