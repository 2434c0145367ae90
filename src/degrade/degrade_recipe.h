// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace reelface {

/// How a clean clip is made bad, the same way for all its frames. Everything random follows from the seed, the frame's
/// number and the effect, so frames may be worked on in any order and on any number of threads.
/// 0 (1 for `shrink`, `blur_ratio`) switches an effect off. Pixels are those of the clip as it comes in.
struct DegradeRecipe {
  std::uint64_t seed = 1;

  // Lens and scan.
  double blur = 0;        ///< Gaussian sigma, pixels
  double blur_ratio = 1;  ///< the second axis' sigma over the first's
  double blur_angle = 0;  ///< degrees, of the first axis
  double shrink = 1;      ///< down by this factor and up again
  double keep_small = 0;  ///< 1: not up again, the clip stays small

  // Sensor, tape, compression.
  double noise = 0;           ///< sigma, of 255, in the shrunken picture
  double noise_colour = 1;    ///< 1: own noise in each channel; 0: the same in all
  double jpeg = 0;            ///< quality 1..100
  double chroma_blur = 0;     ///< sigma, pixels, across
  double chroma_shift = 0;    ///< pixels to the right
  double line_jitter = 0;     ///< sigma of each line's own shift, pixels
  double head_switching = 0;  ///< lines at the bottom that the change of heads tears aside
  double interlace = 0;       ///< 1: every second line comes from the frame before

  // Film.
  double grain = 0;         ///< sigma in the mid tones, of 255
  double grain_size = 1.2;  ///< sigma of a grain, pixels
  double grey = 0;          ///< 0..1
  double sepia = 0;         ///< 0..1
  double fade = 0;          ///< 0..1: lost contrast and colour
  double flicker = 0;       ///< sigma of each frame's brightness, as a share
  double dust = 0;          ///< specks on a frame, on average
  double scratches = 0;     ///< vertical scratches at a time, on average
  double weave = 0;         ///< rms of the slow sway, pixels
  double jitter = 0;        ///< sigma of each frame's own shift, pixels

  // What is seen in badly kept films.
  double uneven_flicker = 0;   ///< rms of brightness that changes over the picture, other for each frame, as a share
  double hairs = 0;            ///< hairs and fibres on a frame, on average
  double blotches = 0;         ///< large stains on a frame, on average
  double chroma_blotches = 0;  ///< stains of colour on a frame, on average
  double mould = 0;            ///< colonies of mould at a time, on average
  double splices = 0;          ///< joins in a hundred frames, on average
  double dropped = 0;          ///< frames in a hundred that are missing
  double doubled = 0;          ///< frames in a hundred in whose place the one before is seen again

  // Not an effect on pictures: what the encoder should use. 0: the caller's choice.
  double crf = 0;
};

/// One entry of the recipe for --help and --set.
struct RecipeSetting {
  std::string key;
  double lowest;
  double highest;
  std::string meaning;
};

const std::vector<RecipeSetting>& recipe_settings();

/// Sets one entry; throws Error(kUsage) naming the known keys or the allowed range.
void set_recipe_value(DegradeRecipe& recipe, const std::string& key, double value);
double recipe_value(const DegradeRecipe& recipe, const std::string& key);

/// "key=value" as --set gives it.
void apply_setting(DegradeRecipe& recipe, const std::string& assignment);

struct RecipePreset {
  std::string name;
  std::string meaning;
};

/// Known presets: film, webcam, vhs, lowres for the look; noisy-film, medium, mild are the three that figures of gain
/// are given for. Throws Error(kUsage) naming them.
DegradeRecipe recipe_named(const std::string& preset);
std::vector<RecipePreset> recipe_presets();

/// The entries that differ from doing nothing, as "key=value key=value": for reports and tags.
std::string describe(const DegradeRecipe& recipe);

}  // namespace reelface
