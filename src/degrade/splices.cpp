// SPDX-License-Identifier: Apache-2.0
#include "splices.h"

#include <array>
#include <cmath>

#include "painted_shape.h"
#include "random_source.h"

namespace reelface {
namespace {

constexpr std::array<double, 3> kLeft = {1, 0.45, 0.15};  // of the jump, on the first frames after the splice

void paint_edge(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t splice, bool at_top) {
  RandomSource random(recipe.seed, RandomUse::kSplice, splice, at_top ? 2 : 3);
  const double unit = unit_of(picture), height = unit * random.uniform(2, 9), opacity = random.uniform(0.5, 0.95);
  const double wave = random.uniform(0.004, 0.02) / unit, phase = random.uniform(0, 2 * CV_PI);
  const double tilt = random.uniform(-0.004, 0.004), ripple = unit * random.uniform(0.2, 1.2);
  const float value = random.uniform() < 0.6 ? 0.9F : 0.05F;
  const double edge = at_top ? 0 : picture.rows - 1, middle = picture.cols / 2.0;
  paint(picture, {middle, edge}, {middle, height + 3 * unit}, value, [&](double dx, double dy) {
    const double border = height + tilt * dx + ripple * std::sin(wave * dx + phase);
    return opacity * (border - std::abs(dy) + 0.5);
  });
}

}  // namespace

bool begins_with_splice(const DegradeRecipe& recipe, std::int64_t frame) {
  if (recipe.splices <= 0 || frame <= 0) return false;
  return RandomSource(recipe.seed, RandomUse::kSplice, frame).uniform() < recipe.splices / 100;
}

SpliceJump splice_jump(const DegradeRecipe& recipe, std::int64_t frame, int height) {
  SpliceJump jump;
  for (std::size_t since = 0; since < kLeft.size(); ++since) {
    const std::int64_t splice = frame - static_cast<std::int64_t>(since);
    if (!begins_with_splice(recipe, splice)) continue;
    RandomSource random(recipe.seed, RandomUse::kSplice, splice, 1);
    const double pixels = kLeft[since] * height / kReferenceHeight;
    jump.shift += pixels * cv::Point2d(1.5 * random.normal(), 5 * random.normal());
    jump.light *= std::exp(kLeft[since] * 0.1 * random.normal());
  }
  return jump;
}

bool add_splice_edges(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame) {
  const bool after = begins_with_splice(recipe, frame), before = begins_with_splice(recipe, frame + 1);
  if (after) paint_edge(picture, recipe, frame, true);
  if (before) paint_edge(picture, recipe, frame + 1, false);
  return after || before;
}

}  // namespace reelface
