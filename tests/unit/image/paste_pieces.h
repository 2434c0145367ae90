// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>

#include "image/crop.h"
#include "reelface/image/paste.h"
#include "support/frames.h"
#include "support/mask_weight.h"

/// What is pasted, and where.
namespace reelface::testing {

inline Affine turned(double scale, double angle, double x, double y) {
  return {{scale * std::cos(angle), -scale * std::sin(angle), x, scale * std::sin(angle), scale * std::cos(angle), y}};
}

/// Turns and scales about the frame's middle, which goes to the crop's.
inline Affine centred(const FrameFacts& facts, int size, double scale, double angle) {
  const Affine map = turned(scale, angle, 0, 0);
  const Position middle = map.apply(Position{(facts.width - 1) / 2.0, (facts.height - 1) / 2.0});
  return turned(scale, angle, (size - 1) / 2.0 - middle.x, (size - 1) / 2.0 - middle.y);
}

/// One inside `inner` of the half size, falling to zero at `outer`.
inline MaskImage round_mask(int size, double inner, double outer) {
  MaskImage mask(size, size);
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      const double radius = std::hypot(x - (size - 1) / 2.0, y - (size - 1) / 2.0) / (size / 2.0);
      weight_at(mask, x, y) = static_cast<float>(std::clamp((outer - radius) / (outer - inner), 0.0, 1.0));
    }
  }
  return mask;
}

inline RgbImageF changed(const RgbImageF& crop, const RgbValues& by) {
  RgbImageF result = crop;
  for (std::size_t i = 0; i < result.samples.size(); ++i) result.samples[i] += static_cast<float>(by[i % 3]);
  return result;
}

/// The mask between its pixels; 0 outside.
inline double mask_at(const MaskImage& mask, Position place) {
  const int x = static_cast<int>(std::floor(place.x));
  const int y = static_cast<int>(std::floor(place.y));
  double sum = 0;
  for (int dy = 0; dy < 2; ++dy) {
    for (int dx = 0; dx < 2; ++dx) {
      if (x + dx < 0 || y + dy < 0 || x + dx >= mask.width || y + dy >= mask.height) continue;
      const double weight = (dx ? place.x - x : 1 - place.x + x) * (dy ? place.y - y : 1 - place.y + y);
      sum += weight * weight_at(mask, x + dx, y + dy);
    }
  }
  return sum;
}

inline Position place_in_crop(const FrameFacts& facts, const Affine& frame_to_crop, int component, int x, int y) {
  return frame_to_crop.apply(frame_to_component(facts, component).inverse().apply(Position{double(x), double(y)}));
}

}  // namespace reelface::testing
