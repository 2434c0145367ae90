// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "picture_effects.h"
#include "random_source.h"

namespace reelface {
namespace {

float luma(const cv::Vec3f& pixel) {
  return 0.2126F * pixel[0] + 0.7152F * pixel[1] + 0.0722F * pixel[2];
}

/// Normal noise with neighbours that belong together, sigma 1.
cv::Mat grain_field(cv::Size size, double grain_size, std::uint64_t seed, std::int64_t frame) {
  const cv::Mat kernel = cv::getGaussianKernel(2 * static_cast<int>(std::ceil(3 * grain_size)) + 1, grain_size, CV_32F);
  // Wider than the picture, so that the edge is as grainy as the middle.
  const int margin = kernel.rows / 2;
  cv::Mat field(size.height + 2 * margin, size.width + 2 * margin, CV_32F);
  for (int y = 0; y < field.rows; ++y) {
    RandomSource(seed, RandomUse::kGrain, frame, y).fill_normal(field.ptr<float>(y), field.cols);
  }
  cv::sepFilter2D(field, field, -1, kernel, kernel);
  const double kept_variance = kernel.dot(kernel);  // of one direction
  return field(cv::Rect({margin, margin}, size)) / kept_variance;
}

}  // namespace

cv::Point2d gate_position(const DegradeRecipe& recipe, std::int64_t frame) {
  cv::Point2d position(0, 0);
  if (recipe.weave > 0) {
    RandomSource random(recipe.seed, RandomUse::kWeave, 0);
    const auto sway = [&] {  // two slow waves whose squares average to 1 together
      double value = 0;
      for (int i = 0; i < 2; ++i) {
        value += std::sin(2 * CV_PI * (static_cast<double>(frame) / random.uniform(31, 97) + random.uniform()));
      }
      return value;
    };
    position.x += recipe.weave * sway();
    position.y += recipe.weave * sway();
  }
  if (recipe.jitter > 0) {
    RandomSource random(recipe.seed, RandomUse::kJitter, frame);
    position.x += recipe.jitter * random.normal();
    position.y += recipe.jitter * random.normal();
  }
  return position;
}

void add_grain(cv::Mat& picture, const DegradeRecipe& recipe, std::int64_t frame) {
  if (recipe.grain <= 0) return;
  const cv::Mat field = grain_field(picture.size(), recipe.grain_size, recipe.seed, frame);
  const auto strength = static_cast<float>(recipe.grain / 255);
  for (int y = 0; y < picture.rows; ++y) {
    auto* pixels = picture.ptr<cv::Vec3f>(y);
    const auto* values = field.ptr<float>(y);
    for (int x = 0; x < picture.cols; ++x) {
      // Grain shows in the mid tones; clear and black film have little.
      const float tone = std::clamp(luma(pixels[x]), 0.0F, 1.0F);
      const float visible = 0.25F + 0.75F * 4 * tone * (1 - tone);
      const float value = strength * visible * values[x];
      pixels[x] += cv::Vec3f(value, value, value);
    }
  }
}

void age_colours(cv::Mat& picture, const DegradeRecipe& recipe) {
  if (recipe.grey <= 0 && recipe.sepia <= 0 && recipe.fade <= 0) return;
  const cv::Vec3f brown(1.08F, 0.96F, 0.76F);
  const auto grey = static_cast<float>(recipe.grey), sepia = static_cast<float>(recipe.sepia);
  const auto fade = static_cast<float>(recipe.fade);
  const float black = 0.12F * fade, white = 1 - 0.18F * fade, colour = 1 - 0.5F * fade;
  for (int y = 0; y < picture.rows; ++y) {
    auto* pixels = picture.ptr<cv::Vec3f>(y);
    for (int x = 0; x < picture.cols; ++x) {
      cv::Vec3f& pixel = pixels[x];
      const float tone = luma(pixel);
      const cv::Vec3f plain(tone, tone, tone);
      pixel += (plain - pixel) * grey;
      pixel += (brown * tone - pixel) * sepia;
      pixel = plain + (pixel - plain) * (sepia > 0 ? 1.0F : colour);
      pixel = pixel * (white - black) + cv::Vec3f(black, black, black);
    }
  }
}

double flicker_gain(const DegradeRecipe& recipe, std::int64_t frame) {
  if (recipe.flicker <= 0) return 1;
  return std::fmax(0, 1 + recipe.flicker * RandomSource(recipe.seed, RandomUse::kFlicker, frame).normal());
}

}  // namespace reelface
