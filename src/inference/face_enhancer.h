// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "reelface/core/rgb_image.h"
#include "reelface/inference/model_traits.h"

namespace reelface {

/// The aligned crops of one face in consecutive frames, oldest first; the middle one is to be restored.
/// All are crop_size() square, RGB 0..1. A model that looks at one frame gets windows of one.
using CropWindow = std::vector<RgbViewF>;

/// Restores aligned face crops. The same crops give the same pixels whatever else is in the batch.
/// Thread-safety: one call at a time.
class FaceEnhancer {
 public:
  virtual ~FaceEnhancer() = default;

  virtual int crop_size() const = 0;  ///< side of the crops in and out: the 512 template scaled to this
  virtual ModelTraits traits() const = 0;
  virtual std::vector<RgbImageF> enhance(const std::vector<CropWindow>& windows) = 0;

  int window_length() const { return traits().window; }

  /// What runs where, for reports: "window network, 5 crops of 256 px, bf16 on cpu (AVX-512), 1 x 1 at a time". May
  /// change after enhance() ran out of memory and moved on with less.
  virtual std::string description() const { return {}; }

  /// What restores since enhance() found no memory on the device even for one face; empty as a rule.
  virtual std::string fallback() const { return {}; }
};

}  // namespace reelface
