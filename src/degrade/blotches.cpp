// SPDX-License-Identifier: Apache-2.0
#include "blotches.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "painted_shape.h"
#include "random_source.h"

namespace reelface {
namespace {

/// A shape around 0, 0 whose radius changes with the direction.
class RaggedShape {
 public:
  RaggedShape(RandomSource& random, double radius) : radius_(radius) {
    for (std::size_t i = 0; i < kWaves; ++i) {
      size_[i] = random.uniform(0, 0.8) * std::pow(static_cast<double>(i + 2), -1.4);
      phase_[i] = random.uniform(0, 2 * CV_PI);
    }
  }

  /// From the edge inwards, pixels; negative outside.
  double depth(double dx, double dy) const {
    const double direction = std::atan2(dy, dx);
    double edge = 1;
    for (std::size_t i = 0; i < kWaves; ++i)
      edge += size_[i] * std::sin(static_cast<double>(i + 2) * direction + phase_[i]);
    return radius_ * edge - std::hypot(dx, dy);
  }

  /// No part of it is farther away.
  double reach() const {
    double edge = 1;
    for (const double size : size_) edge += size;
    return radius_ * edge + 1;
  }

 private:
  static constexpr std::size_t kWaves = 9;
  double radius_;
  std::array<double, kWaves> size_{}, phase_{};
};

/// Rises from 0 to 1 on the way from the edge to `width` inside.
double soft_edge(double depth, double width) {
  const double x = std::clamp(depth / width, 0.0, 1.0);
  return x * x * (3 - 2 * x);
}

}  // namespace

int add_blotches(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame) {
  if (recipe.blotches <= 0) return 0;
  const int blotches = RandomSource(recipe.seed, RandomUse::kBlotch, frame).poisson(recipe.blotches);
  const double unit = unit_of(picture);
  int shown = 0;
  for (int i = 0; i < blotches; ++i) {
    RandomSource random(recipe.seed, RandomUse::kBlotch, frame, i + 1);
    const cv::Point2d place(random.uniform(0, picture.cols), random.uniform(0, picture.rows));
    const RaggedShape shape(random, unit * random.uniform(7, 28));
    const double edge = unit * random.uniform(1, 6), opacity = random.uniform(0.3, 0.9);
    const double clouds = random.uniform(0.1, 0.45), wave = random.uniform(0.08, 0.3) / unit;
    const double phase = random.uniform(0, 2 * CV_PI);
    const float value = random.uniform() < 0.5 ? 0.08F : 0.92F;
    shown += paint(picture, place, {shape.reach(), shape.reach()}, value, [&](double dx, double dy) {
      const double cloud = 1 - clouds * (1 + std::sin(wave * dx + phase) * std::sin(1.3 * wave * dy + 2 * phase)) / 2;
      return opacity * cloud * soft_edge(shape.depth(dx, dy), edge);
    });
  }
  return shown;
}

int add_chroma_blotches(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame) {
  if (recipe.chroma_blotches <= 0) return 0;
  const int blotches = RandomSource(recipe.seed, RandomUse::kChromaBlotch, frame).poisson(recipe.chroma_blotches);
  const double unit = unit_of(picture);
  int shown = 0;
  for (int i = 0; i < blotches; ++i) {
    RandomSource random(recipe.seed, RandomUse::kChromaBlotch, frame, i + 1);
    const cv::Point2d place(random.uniform(0, picture.cols), random.uniform(0, picture.rows));
    const RaggedShape shape(random, unit * random.uniform(14, 55));
    const double edge = unit * random.uniform(5, 14), strength = random.uniform(0.05, 0.16);
    const double hue = random.uniform(0, 2 * CV_PI);
    const auto blue = static_cast<float>(strength * std::cos(hue)), red = static_cast<float>(strength * std::sin(hue));
    // In R, G, B; what the three weigh in brightness cancels out.
    const cv::Vec3f colour(red, -(0.2126F * red + 0.0722F * blue) / 0.7152F, blue);
    bool covers = false;
    around(picture, place, {shape.reach(), shape.reach()}, [&](cv::Vec3f& pixel, double dx, double dy) {
      const double share = soft_edge(shape.depth(dx, dy), edge);
      pixel += colour * static_cast<float>(share);
      covers |= share > 0;
    });
    shown += covers;
  }
  return shown;
}

}  // namespace reelface
