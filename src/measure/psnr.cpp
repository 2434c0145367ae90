// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>

#include "reelface/measure/fidelity.h"

namespace reelface {
namespace {

// Four sums that do not wait for each other; double, because squares of 16-bit samples overrun a float's 24 bits.
double squared_difference(const float* left, const float* right, int count) {
  double sums[4] = {0, 0, 0, 0};
  int i = 0;
  for (; i + 4 <= count; i += 4) {
    for (int lane = 0; lane < 4; ++lane) {
      const double difference = static_cast<double>(left[i + lane]) - static_cast<double>(right[i + lane]);
      sums[lane] += difference * difference;
    }
  }
  for (; i < count; ++i) {
    const double difference = static_cast<double>(left[i]) - static_cast<double>(right[i]);
    sums[0] += difference * difference;
  }
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

}  // namespace

double mean_squared_error(SampleView picture, SampleView reference) {
  require_same_size(picture.width, picture.height, reference.width, reference.height, "PSNR");
  double sum = 0;
  for (int y = 0; y < picture.height; ++y) {
    sum += squared_difference(picture.row(y), reference.row(y), picture.width);
  }
  return sum / (static_cast<double>(picture.width) * picture.height);
}

double mean_squared_error(RgbViewF picture, RgbViewF reference) {
  return mean_squared_error(SampleView{picture.samples, 3 * picture.width, picture.height, picture.row_stride},
                            SampleView{reference.samples, 3 * reference.width, reference.height, reference.row_stride});
}

double psnr_from_error(double mean_squared_error, double peak) {
  if (mean_squared_error <= 0) return std::numeric_limits<double>::infinity();
  return 10 * std::log10(peak * peak / mean_squared_error);
}

double psnr(SampleView picture, SampleView reference, double peak) {
  return psnr_from_error(mean_squared_error(picture, reference), peak);
}

double psnr(RgbViewF picture, RgbViewF reference, double peak) {
  return psnr_from_error(mean_squared_error(picture, reference), peak);
}

}  // namespace reelface
