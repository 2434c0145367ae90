// SPDX-License-Identifier: Apache-2.0
#include "image/channel_curves.h"

#include <algorithm>
#include <cmath>

#include "image/picture_difference.h"
#include "reelface/image/frame_picture.h"

namespace reelface {

float ChannelCurves::at(int channel, float value) const {
  const Curve& curve = curves_[static_cast<std::size_t>(channel)];
  const float place = std::clamp(value, 0.0F, 1.0F) * (kSteps - 1);
  const std::size_t step = std::min(static_cast<std::size_t>(place), kSteps - 2);
  const float part = place - static_cast<float>(step);
  return curve[step] + part * (curve[step + 1] - curve[step]);
}

bool ChannelCurves::can_be_seen() const {
  return std::any_of(curves_.begin(), curves_.end(), [](const Curve& curve) {
    for (std::size_t step = 0; step < kSteps; ++step)
      if (std::abs(curve[step] - value_at(step)) * 255 >= 1) return true;
    return false;
  });
}

void change_channels(Frame& frame, const ChannelCurves& curves) {
  const RgbImageF before = frame_picture(frame);
  RgbImageF after = before;
  for (std::size_t i = 0; i < after.samples.size(); ++i)
    after.samples[i] = curves.at(static_cast<int>(i % 3), after.samples[i]);
  add_difference(frame, before.view(), after.view(), 1);
}

}  // namespace reelface
