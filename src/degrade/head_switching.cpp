// SPDX-License-Identifier: Apache-2.0
#include "head_switching.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "random_source.h"

namespace reelface {
namespace {

constexpr float kBlanking = 0.03F;  // what is pulled in from beside the picture

/// Of one line: moved to the right, with less colour and more noise.
void tear(cv::Mat& picture, int y, double offset, int from, RandomSource& random) {
  constexpr float kColourLeft = 0.35F, kNoise = 0.045F;
  auto* pixels = picture.ptr<cv::Vec3f>(y);
  const std::vector<cv::Vec3f> line(pixels, pixels + picture.cols);
  const int whole = static_cast<int>(std::floor(offset));
  const auto part = static_cast<float>(offset - whole);
  const auto at = [&](int x) {
    return x >= 0 && x < picture.cols ? line[static_cast<std::size_t>(x)] : cv::Vec3f(kBlanking, kBlanking, kBlanking);
  };
  for (int x = from; x < picture.cols; ++x) {
    const cv::Vec3f moved = at(x - whole) * (1 - part) + at(x - whole - 1) * part;
    const float tone = 0.2126F * moved[0] + 0.7152F * moved[1] + 0.0722F * moved[2];
    const cv::Vec3f grey(tone, tone, tone);
    const float noise = kNoise * static_cast<float>(random.normal());
    pixels[x] = grey + (moved - grey) * kColourLeft + cv::Vec3f(noise, noise, noise);
  }
}

}  // namespace

int switch_heads(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame) {
  const int lines = std::min(picture.rows, static_cast<int>(std::lround(recipe.head_switching)));
  if (lines <= 0) return 0;
  RandomSource tape(recipe.seed, RandomUse::kHeadSwitching, -1);
  const double side = tape.uniform() < 0.5 ? -1 : 1, reach = side * tape.uniform(0.035, 0.09) * picture.cols;
  const double sway = std::sin(static_cast<double>(frame) / tape.uniform(5, 20) + tape.uniform(0, 2 * CV_PI));
  RandomSource moment(recipe.seed, RandomUse::kHeadSwitching, frame);
  const double here = reach * (1 + 0.2 * sway) + 0.004 * picture.cols * moment.normal();
  const int taken_over_at = static_cast<int>(moment.uniform() * picture.cols);  // in the first of the lines
  for (int line = 0; line < lines; ++line) {
    RandomSource random(recipe.seed, RandomUse::kHeadSwitching, frame, line + 1);
    const double settled = 1 - 0.6 * line / lines;
    const double offset = here * settled + 0.002 * picture.cols * random.normal();
    tear(picture, picture.rows - lines + line, offset, line == 0 ? taken_over_at : 0, random);
  }
  return lines;
}

}  // namespace reelface
