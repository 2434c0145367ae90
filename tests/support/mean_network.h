// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "inference/engine/crop_network.h"

namespace reelface::testing {

/// Stands in for a trained restorer of whole pictures: the mean of what it is shown.
class MeanNetwork : public CropNetwork {
 public:
  explicit MeanNetwork(int window = 5) : window_(window) {}

  int crop_size() const override { return 256; }
  ModelTraits traits() const override { return {window_, false, WorksOn::kWholePictures, 1}; }
  std::string description() const override { return "mean"; }
  std::int64_t bytes_per_crop() const override { return 1; }
  void restore(const CropWindow* windows, int count, RgbImageF* restored) const override {
    for (int i = 0; i < count; ++i) {
      for (int y = 0; y < restored[i].height; ++y) {
        for (int x = 0; x < 3 * restored[i].width; ++x) {
          float sum = 0;
          for (const RgbViewF& picture : windows[i]) sum += picture.samples[y * picture.row_stride + x];
          restored[i].samples[std::size_t{3} * y * restored[i].width + x] = sum / static_cast<float>(window_);
        }
      }
    }
  }

 private:
  int window_;
};

}  // namespace reelface::testing
