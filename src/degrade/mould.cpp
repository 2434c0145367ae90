// SPDX-License-Identifier: Apache-2.0
#include "mould.h"

#include <algorithm>
#include <cmath>

#include "painted_shape.h"
#include "random_source.h"

namespace reelface {
namespace {

constexpr double kShown = 0.7;  // share of the time that a place for a colony has one

/// Smooth noise of 0..1 whose hills are about one cell wide.
class CloudField {
 public:
  CloudField(std::uint64_t seed, std::int64_t frame, std::int64_t colony)
      : seed_(seed), frame_(frame), colony_(colony) {}

  double at(double x, double y) const {
    const double left = std::floor(x), top = std::floor(y);
    const double u = eased(x - left), v = eased(y - top);
    const auto corner = [&](int dx, int dy) {
      return value(static_cast<std::int64_t>(left) + dx, static_cast<std::int64_t>(top) + dy);
    };
    return (1 - v) * ((1 - u) * corner(0, 0) + u * corner(1, 0)) + v * ((1 - u) * corner(0, 1) + u * corner(1, 1));
  }

 private:
  static double eased(double share) { return share * share * (3 - 2 * share); }

  double value(std::int64_t x, std::int64_t y) const {
    constexpr std::int64_t kRow = 4096, kColony = kRow * kRow;
    return RandomSource(seed_, RandomUse::kMould, frame_, colony_ * kColony + y * kRow + x).uniform();
  }

  std::uint64_t seed_;
  std::int64_t frame_, colony_;
};

/// Threads run where a cloudy field passes its middle. The field is bent by others, or its cells would show.
double thread_at(const CloudField& field, double x, double y) {
  const double bent_x = x + 12 * (field.at(x / 11 + 900, y / 11) - 0.5);
  const double bent_y = y + 12 * (field.at(x / 11, y / 11 + 900) - 0.5);
  const double coarse = field.at((0.8 * bent_x + 0.6 * bent_y) / 9 + 300, (0.8 * bent_y - 0.6 * bent_x) / 9 + 300);
  const double fine = field.at((0.5 * bent_x - 0.87 * bent_y) / 3.5 - 300, (0.5 * bent_y + 0.87 * bent_x) / 3.5 - 300);
  const double distance = std::abs(coarse - 0.5) + 0.4 * std::abs(fine - 0.5);
  return std::clamp(1.6 - distance / 0.085, 0.0, 1.0);
}

}  // namespace

int add_mould(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame) {
  if (recipe.mould <= 0) return 0;
  const int slots = std::max(1, static_cast<int>(std::ceil(recipe.mould / kShown)));
  const double unit = unit_of(picture);
  int count = 0;
  for (int slot = 0; slot < slots; ++slot) {
    RandomSource timing(recipe.seed, RandomUse::kMould, -1, slot);
    const double time = static_cast<double>(frame) / timing.uniform(30, 120) + timing.uniform();
    RandomSource random(recipe.seed, RandomUse::kMould, -2 - static_cast<std::int64_t>(std::floor(time)), slot);
    if (random.uniform() >= recipe.mould / slots) continue;
    const double side = std::pow(random.uniform(), 2.0) / 2;  // most of it near an edge of the film
    const double across = random.uniform() < 0.5 ? side : 1 - side;
    const cv::Point2d place(across * picture.cols, random.uniform(0, picture.rows));
    const double radius = unit * random.uniform(22, 75), opacity = random.uniform(0.4, 0.85);
    const float value = random.uniform() < 0.7 ? 0.88F : 0.12F;
    const CloudField field(recipe.seed, frame, slot + 1);
    count += paint(picture, place, {radius, radius}, value, [&](double dx, double dy) {
      const double inside = 1 - std::hypot(dx, dy) / radius;
      if (inside <= 0) return 0.0;
      return opacity * std::min(1.0, 2.5 * inside) * thread_at(field, dx / unit, dy / unit);
    });
  }
  return count;
}

}  // namespace reelface
