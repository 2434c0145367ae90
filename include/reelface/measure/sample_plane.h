// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "reelface/core/rgb_image.h"
#include "reelface/image/frame.h"

namespace reelface {

/// Samples of one component as floats that someone else owns. Values keep the scale of their source (0..255, 0..1023,
/// 0..1); whoever measures says what the peak is. `row_stride` counts samples.
struct SampleView {
  const float* samples = nullptr;
  int width = 0;
  int height = 0;
  std::ptrdiff_t row_stride = 0;

  const float* row(int y) const { return samples + y * row_stride; }
  /// A part of the view; the caller keeps it inside.
  SampleView part(int left, int top, int part_width, int part_height) const {
    return {samples + top * row_stride + left, part_width, part_height, row_stride};
  }
};

/// One component as floats, without padding.
struct SamplePlane {
  int width = 0;
  int height = 0;
  std::vector<float> samples;

  SamplePlane() = default;
  SamplePlane(int plane_width, int plane_height)
      : width(plane_width), height(plane_height), samples(std::size_t{1} * plane_width * plane_height) {}

  SampleView view() const { return {samples.data(), width, height, width}; }
  float* row(int y) { return samples.data() + std::ptrdiff_t{y} * width; }
};

/// Component `component` (Y U V, R G B, alpha) of a frame in its own size and its own integer scale.
/// Throws for layouts that are not editable.
SamplePlane component_plane(const Frame& frame, int component);

/// The largest value an integer sample of `bit_depth` bits can have: 255, 1023, 65535.
double peak_of(int bit_depth);

/// Brightness of a picture, BT.709 weights, in the picture's scale.
SamplePlane luma_of(RgbViewF picture);

/// Means of 2x2 blocks; a last odd row or column is dropped.
SamplePlane halve(SampleView plane);

/// Throws unless both have the same size and at least one sample; `what` names the measure.
void require_same_size(int width, int height, int other_width, int other_height, const char* what);

}  // namespace reelface
