// SPDX-License-Identifier: Apache-2.0
#include "motion/same_light.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace reelface {
namespace {

/// here = gain * there + light.
struct Light {
  float gain = 1, light = 0;

  float of(float sample) const { return gain * sample + light; }
};

struct Sample {
  float here, there;
};

std::vector<Sample> samples_of(const cv::Mat& here, const cv::Mat& there) {
  constexpr int kStep = 3;
  std::vector<Sample> samples;
  for (int y = 0; y < here.rows; y += kStep) {
    const auto *own = here.ptr<float>(y), *other = there.ptr<float>(y);
    for (int x = 0; x < here.cols; x += kStep) samples.push_back({own[x], other[x]});
  }
  return samples;
}

double typical_difference(const std::vector<Sample>& samples, const Light& light) {
  std::vector<float> differences;
  differences.reserve(samples.size());
  for (const Sample& sample : samples) differences.push_back(std::abs(sample.here - light.of(sample.there)));
  const auto middle = differences.begin() + static_cast<std::ptrdiff_t>(differences.size() / 2);
  std::nth_element(differences.begin(), middle, differences.end());
  return *middle;
}

/// The straight line through the samples; what differs much more than is usual has hardly a say, as it moves.
Light improved(const std::vector<Sample>& samples, const Light& light) {
  constexpr double kTolerance = 4, kLeast = 1e-3, kTowardsNone = 1e-3;
  const double scale = kTolerance * std::max(kLeast, typical_difference(samples, light));
  double weights = 0, there = 0, here = 0, squares = 0, products = 0;
  for (const Sample& sample : samples) {
    const double off = (sample.here - light.of(sample.there)) / scale;
    const double weight = 1 / ((1 + off * off) * (1 + off * off));
    weights += weight;
    there += weight * sample.there;
    here += weight * sample.here;
    squares += weight * sample.there * sample.there;
    products += weight * static_cast<double>(sample.there) * sample.here;
  }
  const double mean_there = there / weights, mean_here = here / weights;
  const double spread = squares / weights - mean_there * mean_there,
               shared = products / weights - mean_there * mean_here;
  // A picture of one tone says nothing of gain.
  const double gain = (shared + kTowardsNone * kTowardsNone) / (spread + kTowardsNone * kTowardsNone);
  return {static_cast<float>(gain), static_cast<float>(mean_here - gain * mean_there)};
}

}  // namespace

cv::Mat in_the_light_of(const cv::Mat& here, const cv::Mat& there) {
  constexpr int kRounds = 5;
  const std::vector<Sample> samples = samples_of(here, there);
  Light light;
  for (int round = 0; round < kRounds; ++round) light = improved(samples, light);
  return there * light.gain + cv::Scalar(light.light);
}

}  // namespace reelface
