// SPDX-License-Identifier: Apache-2.0
#include "image/noisy_picture.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace reelface {
namespace {

constexpr int kBlock = 8;
/// Grain of film that was enlarged before is several pixels coarse; nearer neighbours would hide it.
constexpr int kDistance = 4;

int green_at(const RgbView8& picture, int x, int y) {
  return picture.samples[y * picture.row_stride + std::ptrdiff_t{3} * x + 1];
}

double block_unrest(const RgbView8& picture, int left, int top) {
  int sum = 0;
  for (int y = top; y < top + kBlock; y += 2) {
    for (int x = left; x < left + kBlock; ++x) {
      sum += std::abs(green_at(picture, x, y) - green_at(picture, x + kDistance, y));
    }
  }
  return sum / (kBlock * kBlock / 2.0);
}

}  // namespace

double noise_of_picture(const RgbView8& picture) {
  std::vector<double> unrest;
  for (int top = 0; top + kBlock <= picture.height; top += 2 * kBlock) {
    for (int left = 0; left + kBlock + kDistance <= picture.width; left += 2 * kBlock) {
      unrest.push_back(block_unrest(picture, left, top));
    }
  }
  if (unrest.empty()) return 0;
  // The calm fifth: flat parts of the picture, whose unrest is noise and nothing else.
  const auto calm = unrest.begin() + static_cast<std::ptrdiff_t>(unrest.size() / 5);
  std::nth_element(unrest.begin(), calm, unrest.end());
  constexpr double kDeviationOfMeanDifference = 0.886;  // of two independent samples
  return kDeviationOfMeanDifference * *calm;
}

RgbImage8 quarter_of(const RgbView8& picture) {
  RgbImage8 quarter(picture.width / kQuarter, picture.height / kQuarter);
  std::uint8_t* result = quarter.samples.data();
  for (int y = 0; y < quarter.height; ++y) {
    for (int x = 0; x < quarter.width; ++x) {
      for (int channel = 0; channel < 3; ++channel) {
        int sum = kQuarter * kQuarter / 2;
        for (int row = 0; row < kQuarter; ++row) {
          const std::uint8_t* samples =
              picture.samples + (kQuarter * y + row) * picture.row_stride + std::ptrdiff_t{3} * kQuarter * x + channel;
          for (int column = 0; column < kQuarter; ++column) sum += samples[std::ptrdiff_t{3} * column];
        }
        *result++ = static_cast<std::uint8_t>(sum / (kQuarter * kQuarter));
      }
    }
  }
  return quarter;
}

}  // namespace reelface
