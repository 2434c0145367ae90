// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "degrade/damage_truth.h"
#include "degrade/degrade_recipe.h"
#include "reelface/core/rgb_image.h"

namespace reelface {

/// Applies a recipe to frames of one size. Holds no state: const, thread-safe, the same result for the same arguments.
class Degrader {
 public:
  /// Throws Error(kUsage) for a recipe with impossible values or a picture without pixels.
  Degrader(const DegradeRecipe& recipe, int width, int height);

  /// Whether this frame of the clean film is missing from the bad one.
  bool drops(std::int64_t frame_number) const;

  /// Whether frames depend on the clean frame before them.
  bool needs_previous() const { return recipe_.interlace >= 0.5 || recipe_.doubled > 0; }

  /// RGB 0..1 in, RGB 0..1 out (clamped). `previous` is the clean frame before, for interlacing and for frames seen
  /// twice; null for the first.
  RgbImageF apply(RgbViewF frame, std::int64_t frame_number, const RgbImageF* previous = nullptr) const;

  /// The same picture, and what was done to it.
  struct Told {
    RgbImageF picture;
    DamageTruth truth;
  };
  Told apply_and_tell(RgbViewF frame, std::int64_t frame_number, const RgbImageF* previous = nullptr) const;

  int output_width() const { return output_width_; }
  int output_height() const { return output_height_; }

 private:
  LaidDamage lay(cv::Mat& picture, std::int64_t frame_number) const;
  cv::Mat aged(RgbViewF frame, std::int64_t frame_number, const RgbImageF* previous) const;

  DegradeRecipe recipe_;
  int width_;
  int height_;
  int small_width_;
  int small_height_;
  int output_width_;
  int output_height_;
};

}  // namespace reelface
