// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

#include "reelface/image/frame.h"

namespace reelface {

/// A curve for each of red, green and blue, 0..1 to 0..1.
class ChannelCurves {
 public:
  static constexpr std::size_t kSteps = 256;
  using Curve = std::array<float, kSteps>;

  explicit ChannelCurves(const std::array<Curve, 3>& curves) : curves_(curves) {}

  /// What a curve's element of this number stands for.
  static double value_at(std::size_t step) { return static_cast<double>(step) / (kSteps - 1); }

  float at(int channel, float value) const;

  /// Whether some value changes by a level of 255 or more.
  bool can_be_seen() const;

 private:
  std::array<Curve, 3> curves_;
};

/// Changes the frame's channels, in its own format and depth. It must be writable and editable.
void change_channels(Frame& frame, const ChannelCurves& curves);

}  // namespace reelface
