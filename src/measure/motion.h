// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "reelface/measure/sample_plane.h"

namespace reelface {

/// Motion in pixels: the sample at (x, y) is found at (x + dx, y + dy) in the other picture. dx, dy interleaved.
struct FlowField {
  int width = 0;
  int height = 0;
  std::vector<float> vectors;

  FlowField() = default;
  FlowField(int field_width, int field_height)
      : width(field_width), height(field_height), vectors(std::size_t{2} * field_width * field_height) {}
};

/// Motion between two frames, both ways, and where it can be trusted.
struct FrameMotion {
  FlowField forward;               ///< this frame to the next
  FlowField backward;              ///< the next frame to this one
  std::vector<std::uint8_t> seen;  ///< 1 where a sample of this frame is seen in the next one as well
};

/// Dense inverse search flow (OpenCV DIS, medium). Planes above `long_side` are measured on a smaller copy and the
/// motion is scaled back up. Planes of less than 16 samples a side are taken as still. Pure; may run in parallel.
FrameMotion estimate_motion(SampleView now, SampleView next, double peak, int long_side = 640);

/// Which samples are seen in both frames: forward and backward flow agree
/// (|Fw + Bw|^2 <= .01 (|Fw|^2 + |Bw|^2) + .5), no motion boundary (|grad F|^2 <= .01 |F|^2 + .002), inside the
/// picture.
std::vector<std::uint8_t> seen_in_both(const FlowField& forward, const FlowField& backward);

/// Mean squared difference between this frame and the next one moved back along the motion, over samples seen in both.
/// Motion comes from the reference or the input, never from the picture measured. Softer pictures score lower for
/// free: give the ratio to the input's or the reference's own value.
struct WarpingError {
  double squared_sum = 0;
  std::int64_t samples = 0;

  double mean() const { return samples > 0 ? squared_sum / static_cast<double>(samples) : 0; }
};

/// RGB 0..1: mean over the channels too. Adds up over frames by adding the fields or averaging mean().
WarpingError warping_error(RgbViewF now, RgbViewF next, const FrameMotion& motion);

/// Farneback flow with tOF's settings: 0.5, 3 levels, window 15, 3 rounds, poly 5, 1.2.
FlowField farneback_motion(SampleView now, SampleView next, double peak);

/// tOF: mean length of the difference between the picture's motion and the reference's, in pixels; `margin` samples at
/// each side do not count.
double motion_difference(const FlowField& motion, const FlowField& reference_motion, int margin = 8);

}  // namespace reelface
