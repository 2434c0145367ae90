#include <functional>
#include <utility>

#include "reelface/core/error.h"
#include "reelface/degrade/degrade_recipe.h"

namespace reelface {
namespace {

using Preset = std::pair<const char*, std::function<void(DegradeRecipe&)>>;

const std::vector<Preset>& presets() {
  static const std::vector<Preset> list = {
      // An old print, scanned.
      {"film",
       [](DegradeRecipe& r) {
         r.blur = 1.4, r.shrink = 1.5, r.grain = 10, r.grain_size = 1.1, r.sepia = 0.85, r.fade = 0.45;
         r.flicker = 0.025, r.dust = 4, r.scratches = 1.2, r.weave = 0.7, r.jitter = 0.25, r.crf = 22;
       }},
      // A video call over a poor line.
      {"webcam",
       [](DegradeRecipe& r) {
         r.blur = 0.8, r.shrink = 2.5, r.noise = 6, r.noise_colour = 0.6, r.jpeg = 35, r.crf = 32;
       }},
      {"vhs",
       [](DegradeRecipe& r) {
         r.blur = 1.1, r.shrink = 2, r.noise = 7, r.chroma_blur = 5, r.chroma_shift = 2.5, r.line_jitter = 0.5;
         r.interlace = 1, r.fade = 0.2, r.crf = 23;
       }},
      {"lowres", [](DegradeRecipe& r) { r.shrink = 4, r.crf = 26; }},
      // The three that figures of gain are given for: fixed, or figures of different versions could not be compared.
      {"noisy-film", [](DegradeRecipe& r) { r.blur = 1, r.shrink = 3, r.noise = 20, r.crf = 24; }},
      {"medium", [](DegradeRecipe& r) { r.blur = 1.2, r.shrink = 4, r.noise = 8, r.crf = 28; }},
      {"mild", [](DegradeRecipe& r) { r.shrink = 2, r.noise = 6, r.crf = 28; }},
  };
  return list;
}

}  // namespace

DegradeRecipe recipe_named(const std::string& preset) {
  for (const auto& [name, fill] : presets()) {
    if (name != preset) continue;
    DegradeRecipe recipe;
    fill(recipe);
    return recipe;
  }
  std::string known;
  for (const std::string& name : recipe_names()) known += (known.empty() ? "" : ", ") + name;
  throw Error(ExitCode::kUsage, "no degradation preset is called '" + preset + "'", "known are: " + known);
}

std::vector<std::string> recipe_names() {
  std::vector<std::string> names;
  for (const auto& preset : presets()) names.emplace_back(preset.first);
  return names;
}

}  // namespace reelface
