// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <vector>

#include "picture_effects.h"
#include "random_source.h"

namespace reelface {

void add_noise(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame) {
  if (recipe.noise <= 0) return;
  // Shared and own part mixed so that each channel has the full strength whatever the share.
  const double strength = recipe.noise / 255;
  const auto own = static_cast<float>(strength * std::sqrt(recipe.noise_colour));
  const auto shared = static_cast<float>(strength * std::sqrt(1 - recipe.noise_colour));
  std::vector<float> own_values(3 * static_cast<std::size_t>(picture.cols));
  std::vector<float> shared_values(static_cast<std::size_t>(picture.cols));
  for (int y = 0; y < picture.rows; ++y) {
    RandomSource random(recipe.seed, RandomUse::kNoise, frame, y);
    random.fill_normal(own_values.data(), 3 * picture.cols);
    if (shared > 0) random.fill_normal(shared_values.data(), picture.cols);
    auto* pixels = picture.ptr<float>(y);
    for (int i = 0; i < 3 * picture.cols; ++i) {
      pixels[i] +=
          own * own_values[static_cast<std::size_t>(i)] + shared * shared_values[static_cast<std::size_t>(i / 3)];
    }
  }
}

}  // namespace reelface
