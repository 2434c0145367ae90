// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/resized_frame.h"
#include "support/mean_network.h"

namespace reelface::testing {

/// The mean of what it is shown, and that enlarged twice and lifted by 0.1, which nothing else would do.
class LiftingNetwork : public MeanNetwork {
 public:
  static constexpr float kLift = 0.1F;

  explicit LiftingNetwork(int window = 5) : MeanNetwork(window) {}

  ModelTraits traits() const override {
    ModelTraits traits = MeanNetwork::traits();
    traits.scale = 2;
    return traits;
  }

  void enlarge(const CropWindow* windows, int count, BothSizes* results) const override {
    for (int i = 0; i < count; ++i) {
      const RgbViewF& first = windows[i].front();
      results[i].once = RgbImageF(first.width, first.height);
      restore(&windows[i], 1, &results[i].once);
      results[i].enlarged = lanczos_resized(results[i].once.view(), {2 * first.width, 2 * first.height});
      for (float& sample : results[i].enlarged.samples) sample += kLift;
    }
  }
};

}  // namespace reelface::testing
