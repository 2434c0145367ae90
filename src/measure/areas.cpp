// SPDX-License-Identifier: Apache-2.0
#include "measure/areas.h"

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace reelface {
namespace {

constexpr float kHeavy = 20.0F / 255, kMended = 8.0F / 255;
constexpr float kChanged = 0.5F / 255;

}  // namespace

AreaMeasures& AreaMeasures::operator+=(const AreaMeasures& other) {
  damaged_error += other.damaged_error, whole_error += other.whole_error;
  damaged += other.damaged, whole += other.whole;
  heavy += other.heavy, mended += other.mended;
  changed += other.changed;
  return *this;
}

AreaMeasures measure_areas(SampleView picture, SampleView reference, SampleView damaged, const DamageMask& mask) {
  require_same_size(picture.width, picture.height, reference.width, reference.height, "areas");
  require_same_size(picture.width, picture.height, damaged.width, damaged.height, "areas");
  require_same_size(picture.width, picture.height, mask.width, mask.height, "the mask of damage");
  const cv::Mat marked(mask.height, mask.width, CV_8U, const_cast<std::uint8_t*>(mask.samples.data()));
  cv::Mat near;
  cv::dilate(marked, near, cv::Mat::ones(5, 5, CV_8U));
  AreaMeasures sums;
  for (int y = 0; y < picture.height; ++y) {
    const float* const here = picture.row(y);
    const float* const wanted = reference.row(y);
    const float* const before = damaged.row(y);
    for (int x = 0; x < picture.width; ++x) {
      const float error = here[x] - wanted[x];
      if (marked.at<std::uint8_t>(y, x) != 0) {
        ++sums.damaged;
        sums.damaged_error += error * error;
        if (std::abs(before[x] - wanted[x]) < kHeavy) continue;
        ++sums.heavy;
        sums.mended += std::abs(error) <= kMended ? 1 : 0;
      } else if (near.at<std::uint8_t>(y, x) == 0) {
        ++sums.whole;
        sums.whole_error += error * error;
        sums.changed += std::abs(here[x] - before[x]) > kChanged ? 1 : 0;
      }
    }
  }
  return sums;
}

}  // namespace reelface
