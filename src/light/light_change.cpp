// SPDX-License-Identifier: Apache-2.0
#include "light/light_change.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace reelface {
namespace {

// A picture in good light has something this bright, and no face brighter than that. Faces as bright as the first of
// the two need no more light, those up to the second less and less.
constexpr double kWhite = 0.88, kBrightestSkin = 0.66, kDimSkin = 0.5, kLitSkin = 0.62;
constexpr double kMostGain = 1.9;  // two stops
// More than this of a channel would be lost in white: a wall in warm light is as bright as it can be, and not white.
constexpr double kFullChannel = 0.98;

// Many pictures in good light have no white in them: up to the first nothing is made up for, from the second on all.
constexpr double kNoGain = 0.12, kAllGain = 0.3;

// In light from the front the darkest skin is more than a third as bright as white.
constexpr double kLeastOfWhite = 0.33, kLeastExponent = 0.65;

// Whites of a room are seldom quite white, and lamps may be meant to be warm.
constexpr double kCastLeft = 0.05, kCastShare = 1, kMostCast = 0.25;

constexpr double kDarkest = 1.0 / 255;

/// 1 up to the first, 0 from the second on.
double falling(double value, double first, double second) {
  return std::clamp((second - value) / (second - first), 0.0, 1.0);
}

double cast_to_take(double lean) {
  const double size = std::min(kMostCast, kCastShare * std::max(0.0, std::abs(lean) - kCastLeft));
  return lean < 0 ? size : -size;
}

/// Leaves what is dark, and bends what would pass white back.
double softened(double value, double most) {
  const double bend = std::clamp((most - 1) / 0.3, 0.0, 1.0), knee = 1 - 0.3 * bend;
  if (value <= knee || bend == 0) return std::min(value, 1.0);
  return knee + (1 - knee) * (1 - std::exp(-(value - knee) / (1 - knee)));
}

}  // namespace

void LightChange::add(const LightChange& other, double share) {
  gain += share * other.gain;
  fill += share * other.fill;
  red += share * other.red;
  blue += share * other.blue;
}

LightChange wanted_light(const SceneLight& scene, double skin) {
  LightChange change;
  const double white = std::max(scene.white, kDarkest), face = std::max(skin, kDarkest);
  const double most = std::max(1.0, kFullChannel / std::max(scene.brightest_channel, kDarkest));
  const double gain = std::clamp(std::min({kWhite / white, kBrightestSkin / face, most}), 1.0, kMostGain);
  change.gain = std::log(gain) * falling(face, kDimSkin, kLitSkin) * (1 - falling(std::log(gain), kNoGain, kAllGain));
  const double lit = face * std::exp(change.gain), least = kLeastOfWhite * std::min(1.0, white * std::exp(change.gain));
  if (lit < least) change.fill = std::log(std::max(kLeastExponent, std::log(least) / std::log(lit)));
  change.red = cast_to_take(scene.red);
  change.blue = cast_to_take(scene.blue);
  return change;
}

ChannelCurves light_curves(const LightChange& change) {
  // Colours change, brightness does not.
  const std::array<double, 3> leans{std::exp(change.red), 1, std::exp(change.blue)};
  const double luma = 0.2126 * leans[0] + 0.7152 * leans[1] + 0.0722 * leans[2];
  std::array<ChannelCurves::Curve, 3> curves;
  for (std::size_t channel = 0; channel < 3; ++channel) {
    const double gain = std::exp(change.gain) * leans[channel] / luma;
    for (std::size_t step = 0; step < ChannelCurves::kSteps; ++step) {
      const double value = softened(gain * ChannelCurves::value_at(step), gain);
      curves[channel][step] = static_cast<float>(std::pow(value, std::exp(change.fill)));
    }
  }
  return ChannelCurves(curves);
}

}  // namespace reelface
