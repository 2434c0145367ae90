// SPDX-License-Identifier: Apache-2.0
#include "carried_colour.h"

#include <cmath>
#include <vector>

#include "local_fit.h"
#include "motion/float_pictures.h"

namespace reelface {
namespace {

/// Each way.
constexpr int kCells = 16;

/// exp(−50 · squared distance of RGB 0..1): a difference of 0.1 in each channel leaves a fifth.
constexpr float kAgreement = 50;

}  // namespace

ColourFrame colour_frame(double time_seconds, const cv::Mat& input, const cv::Mat& restored) {
  const cv::Mat seen = resized_to(input, {kCells, kCells});
  return {time_seconds, resized_to(restored, {kCells, kCells}) - seen, seen.clone()};
}

cv::Mat steadier_shift(const ColourFrame& now, const std::deque<ColourFrame>& past, double memory_seconds) {
  cv::Mat change = cv::Mat::zeros(now.shift.size(), CV_32FC3);
  std::vector<float> total(now.shift.total(), 1);
  for (const ColourFrame& before : past) {
    const double fading = biweight((now.time_seconds - before.time_seconds) / memory_seconds);
    if (fading <= 0) continue;
    const cv::Mat distance = squared_distance(now.input, before.input);
    for (std::size_t cell = 0; cell < total.size(); ++cell) {
      const float weight = static_cast<float>(fading) * std::exp(-kAgreement * distance.ptr<float>()[cell]);
      total[cell] += weight;
      change.ptr<cv::Vec3f>()[cell] +=
          weight * (before.shift.ptr<cv::Vec3f>()[cell] - now.shift.ptr<cv::Vec3f>()[cell]);
    }
  }
  for (std::size_t cell = 0; cell < total.size(); ++cell) change.ptr<cv::Vec3f>()[cell] /= total[cell];
  return change;
}

}  // namespace reelface
