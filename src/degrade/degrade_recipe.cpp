// SPDX-License-Identifier: Apache-2.0
#include "degrade/degrade_recipe.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/spelled_number.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr int kDigits = 6;

struct Entry {
  double DegradeRecipe::*value;
  RecipeSetting setting;
};

const std::vector<Entry>& entries() {
  using R = DegradeRecipe;
  static const std::vector<Entry> list = {
      {&R::blur, {"blur", 0, 50, "Gaussian blur, sigma in pixels"}},
      {&R::blur_ratio, {"blur_ratio", 0.05, 1, "sigma across over sigma along, below 1 for a directed blur"}},
      {&R::blur_angle, {"blur_angle", -360, 360, "direction of the blur, degrees"}},
      {&R::shrink, {"shrink", 1, 32, "down by this factor and up again"}},
      {&R::keep_small, {"keep_small", 0, 1, "1: leave the picture small"}},
      {&R::noise, {"noise", 0, 255, "noise, sigma of 255"}},
      {&R::noise_colour, {"noise_colour", 0, 1, "0: the same noise in all channels, 1: own noise in each"}},
      {&R::jpeg, {"jpeg", 0, 100, "JPEG blocks, quality 1..100, 0: none"}},
      {&R::chroma_blur, {"chroma_blur", 0, 50, "colour smeared sideways, sigma in pixels"}},
      {&R::chroma_shift, {"chroma_shift", -50, 50, "colour moved to the right, pixels"}},
      {&R::line_jitter, {"line_jitter", 0, 50, "every line moved on its own, sigma in pixels"}},
      {&R::interlace, {"interlace", 0, 1, "1: every second line comes from the frame before"}},
      {&R::grain, {"grain", 0, 255, "film grain in the mid tones, sigma of 255"}},
      {&R::grain_size, {"grain_size", 0.3, 10, "size of a grain, sigma in pixels"}},
      {&R::grey, {"grey", 0, 1, "how much of the colour is gone"}},
      {&R::sepia, {"sepia", 0, 1, "how brown"}},
      {&R::fade, {"fade", 0, 1, "lost contrast and colour"}},
      {&R::flicker, {"flicker", 0, 1, "brightness from frame to frame, sigma as a share"}},
      {&R::dust, {"dust", 0, 1000, "specks on a frame, on average"}},
      {&R::scratches, {"scratches", 0, 100, "vertical scratches at a time, on average"}},
      {&R::weave, {"weave", 0, 50, "slow sway, rms in pixels"}},
      {&R::jitter, {"jitter", 0, 50, "every frame moved on its own, sigma in pixels"}},
      {&R::uneven_flicker, {"uneven_flicker", 0, 1, "brightness changing over the picture, rms as a share"}},
      {&R::hairs, {"hairs", 0, 1000, "hairs on a frame, on average"}},
      {&R::blotches, {"blotches", 0, 1000, "large stains on a frame, on average"}},
      {&R::chroma_blotches, {"chroma_blotches", 0, 1000, "stains of colour on a frame, on average"}},
      {&R::mould, {"mould", 0, 100, "colonies of mould at a time, on average"}},
      {&R::splices, {"splices", 0, 100, "joins in a hundred frames, with a jump of picture and light"}},
      {&R::dropped, {"dropped", 0, 100, "frames in a hundred that are missing"}},
      {&R::doubled, {"doubled", 0, 100, "frames in a hundred that show the one before again"}},
      {&R::head_switching, {"head_switching", 0, 64, "lines at the bottom torn by the change of a tape's heads"}},
      {&R::crf, {"crf", 0, 63, "what the encoder should use"}},
  };
  return list;
}

const Entry& entry_named(const std::string& key) {
  for (const Entry& entry : entries()) {
    if (entry.setting.key == key) return entry;
  }
  std::string known;
  for (const Entry& entry : entries()) known += (known.empty() ? "" : ", ") + entry.setting.key;
  throw Error(ExitCode::kUsage, "no degradation is called '" + key + "'", "known are: " + known);
}

}  // namespace

const std::vector<RecipeSetting>& recipe_settings() {
  static const std::vector<RecipeSetting> list = [] {
    std::vector<RecipeSetting> settings;
    for (const Entry& entry : entries()) settings.push_back(entry.setting);
    return settings;
  }();
  return list;
}

void set_recipe_value(DegradeRecipe& recipe, const std::string& key, double value) {
  const Entry& entry = entry_named(key);
  if (!(value >= entry.setting.lowest && value <= entry.setting.highest)) {
    throw Error(ExitCode::kUsage, key + "=" + spelled(value, kDigits) + " is out of range",
                "give " + key + " a value from " + spelled(entry.setting.lowest, kDigits) + " to " +
                    spelled(entry.setting.highest, kDigits));
  }
  recipe.*entry.value = value;
}

double recipe_value(const DegradeRecipe& recipe, const std::string& key) {
  return recipe.*entry_named(key).value;
}

void apply_setting(DegradeRecipe& recipe, const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  const std::string number = equals == std::string::npos ? "" : assignment.substr(equals + 1);
  double value = 0;
  const auto [end, problem] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (number.empty() || problem != std::errc{} || end != number.data() + number.size() || !std::isfinite(value)) {
    throw Error(ExitCode::kUsage, "cannot read the setting '" + assignment + "'",
                "write it as key=number, for example --set noise=8");
  }
  std::string key = assignment.substr(0, equals);
  std::replace(key.begin(), key.end(), '-', '_');
  set_recipe_value(recipe, key, value);
}

std::string describe(const DegradeRecipe& recipe) {
  const DegradeRecipe nothing;
  std::string text;
  for (const Entry& entry : entries()) {
    if (recipe.*entry.value == nothing.*entry.value) continue;
    text += (text.empty() ? "" : " ") + entry.setting.key + "=" + spelled(recipe.*entry.value, kDigits);
  }
  return text + (text.empty() ? "" : " ") + "seed=" + std::to_string(recipe.seed);
}

}  // namespace reelface
