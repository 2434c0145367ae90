// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <utility>

#include "inference/face_enhancer.h"

namespace reelface {

/// Gives back what it was given: with `-m identity` a film goes the whole way of the faces and must come out untouched.
class PassThroughEnhancer : public FaceEnhancer {
 public:
  int crop_size() const override { return 256; }
  ModelTraits traits() const override { return {}; }
  std::vector<RgbImageF> enhance(const std::vector<CropWindow>& windows) override {
    std::vector<RgbImageF> result;
    for (const CropWindow& window : windows) {
      RgbImageF copy(window[0].width, window[0].height);
      for (int row = 0; row < copy.height; ++row) {
        const float* from = window[0].samples + row * window[0].row_stride;
        std::copy(from, from + std::ptrdiff_t{3} * copy.width,
                  copy.samples.begin() + std::ptrdiff_t{3} * copy.width * row);
      }
      result.push_back(std::move(copy));
    }
    return result;
  }
  std::string description() const override { return "identity: changes nothing"; }
};

}  // namespace reelface
