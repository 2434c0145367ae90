// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "reelface/core/rgb_image.h"

namespace reelface {

struct MotionBothWays;

/// How a face moved from one aligned crop to a later one of its track, both ways. The motion is searched for once, by
/// whoever asks first. The crops are shared, and kept as long as the step.
/// Thread-safe.
class CropStep {
 public:
  using Crop = std::shared_ptr<const RgbImageF>;

  CropStep(Crop earlier, Crop later, double earlier_seconds);
  ~CropStep();
  CropStep(const CropStep&) = delete;
  CropStep& operator=(const CropStep&) = delete;

  const Crop& earlier() const { return earlier_; }
  const Crop& later() const { return later_; }
  double earlier_seconds() const { return earlier_seconds_; }

  /// For the sources of this library: the type is private to it.
  const MotionBothWays& motion() const;

 private:
  struct Found;
  Crop earlier_;
  Crop later_;
  double earlier_seconds_;
  std::unique_ptr<Found> found_;
};

/// Null where a crop is repeated, at the ends of a track.
using SharedStep = std::shared_ptr<const CropStep>;

}  // namespace reelface
