// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "painted_shape.h"
#include "picture_effects.h"
#include "random_source.h"

namespace reelface {

int add_dust(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame) {
  if (recipe.dust <= 0) return 0;
  int shown = 0;
  const int specks = RandomSource(recipe.seed, RandomUse::kDust, frame).poisson(recipe.dust);
  const double unit = unit_of(picture);
  for (int i = 0; i < specks; ++i) {
    RandomSource random(recipe.seed, RandomUse::kDust, frame, i + 1);
    const double x = random.uniform(0, picture.cols), y = random.uniform(0, picture.rows);
    const double size = unit * random.uniform(0.8, 3.2) * (random.uniform() < 0.1 ? 2.5 : 1);
    const double stretch = random.uniform(0.35, 1), angle = random.uniform(0, CV_PI);
    const double ripple = random.uniform(0, 2 * CV_PI), ripple_size = random.uniform(0.1, 0.35);
    const float value = random.uniform() < 0.5 ? 0.03F : 0.97F;  // dirt on the print, or on the negative
    const double opacity = random.uniform(0.6, 1);
    shown += paint(picture, {x, y}, {1.5 * size + 1, 1.5 * size + 1}, value, [=](double dx, double dy) {
      const double u = dx * std::cos(angle) + dy * std::sin(angle);
      const double v = (dy * std::cos(angle) - dx * std::sin(angle)) / stretch;
      const double edge = size * (1 + ripple_size * std::sin(3 * std::atan2(v, u) + ripple));
      return opacity * (edge - std::hypot(u, v) + 0.5);
    });
  }
  return shown;
}

// Each scratch has a place of its own in time: it stays for some frames, may be gone for some, and comes back
// elsewhere. All from its number and the frame's, so that no state is carried.
int add_scratches(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame) {
  if (recipe.scratches <= 0) return 0;
  constexpr double kShown = 0.75;
  const int slots = std::max(1, static_cast<int>(std::ceil(recipe.scratches / kShown)));
  const double shown = recipe.scratches / slots;
  const double unit = unit_of(picture);
  int count = 0;
  for (int slot = 0; slot < slots; ++slot) {
    RandomSource timing(recipe.seed, RandomUse::kScratch, 0, slot);
    const double period = timing.uniform(18, 80);
    const double time = (static_cast<double>(frame)) / period + timing.uniform();
    RandomSource random(recipe.seed, RandomUse::kScratch, 1 + static_cast<std::int64_t>(std::floor(time)), slot);
    if (random.uniform() >= shown) continue;
    const double sway = random.uniform(1, 6) * unit, wave = random.uniform(0.5, 2), phase = random.uniform(0, 6.28);
    const double centre = random.uniform(0, picture.cols) + sway * std::sin(wave * time * 6.28 + phase);
    const double half_width = unit * random.uniform(0.35, 0.9);
    const float value = random.uniform() < 0.7 ? 0.9F : 0.08F;
    const double opacity = random.uniform(0.35, 0.8), roughness = random.uniform(0, 6.28);
    const double middle = picture.rows / 2.0;
    count += paint(picture, {centre, middle}, {half_width + 2 * unit, middle}, value, [=](double dx, double dy) {
      const double bend = 0.6 * unit * std::sin(dy / (37 * unit) + roughness);
      const double strength = 0.7 + 0.3 * std::sin(dy / (9 * unit) + roughness);
      return opacity * strength * std::min(1.0, half_width - std::abs(dx - bend) + 0.5);
    });
  }
  return count;
}

}  // namespace reelface
