// SPDX-License-Identifier: Apache-2.0
#include "uneven_flicker.h"

#include <cmath>

#include "random_source.h"

namespace reelface {

UnevenLight uneven_light(const DegradeRecipe& recipe, std::int64_t frame) {
  UnevenLight light;
  if (recipe.uneven_flicker <= 0) return light;
  RandomSource random(recipe.seed, RandomUse::kUnevenFlicker, frame);
  // u and v have a mean square of 1/3 each, u·v of 1/9; each of the three terms gets a third of the whole.
  light.across = recipe.uneven_flicker * random.normal();
  light.down = recipe.uneven_flicker * random.normal();
  light.corners = std::sqrt(3.0) * recipe.uneven_flicker * random.normal();
  return light;
}

void light_unevenly(cv::Mat& picture, const UnevenLight& light) {
  if (light.across == 0 && light.down == 0 && light.corners == 0) return;
  for (int y = 0; y < picture.rows; ++y) {
    const double v = (2.0 * y + 1) / picture.rows - 1;
    auto* pixels = picture.ptr<cv::Vec3f>(y);
    for (int x = 0; x < picture.cols; ++x) {
      const double u = (2.0 * x + 1) / picture.cols - 1;
      const double gain = 1 + light.across * u + light.down * v + light.corners * u * v;
      pixels[x] *= static_cast<float>(std::fmax(0, gain));
    }
  }
}

}  // namespace reelface
