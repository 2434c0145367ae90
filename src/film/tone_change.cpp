// SPDX-License-Identifier: Apache-2.0
#include "film/tone_change.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core/matx.hpp>
#include <vector>

namespace reelface {
namespace {

constexpr int kUnknowns = ToneChange::kKnots + 2;
constexpr double kKnotDistance = 255.0 / (ToneChange::kKnots - 1);
constexpr int kRounds = 6;
constexpr int kMostSamples = 8000;  // more tell it no better, as the pictures are smooth
constexpr std::size_t kLeastSamples = 200;
constexpr double kTolerance = 3;     // of the typical difference: beyond it a sample shows something else
constexpr double kStiffness = 0.02;  // of all samples: how much knots that few samples speak of follow their neighbours

using Row = cv::Vec<double, kUnknowns>;
using Square = cv::Matx<double, kUnknowns, kUnknowns>;

/// What one sample says: its share of each unknown, and how much brighter it became.
struct Sample {
  int knot = 0;       ///< the lower one of the two its grey lies between
  double upper = 0;   ///< share of the upper one
  double across = 0;  ///< grey × place, for the plane of gain
  double down = 0;
  double change = 0;
};

double place(int index, int count) {
  return count > 1 ? 2.0 * index / (count - 1) - 1 : 0;
}

std::vector<Sample> corresponding_samples(const cv::Mat& before, const cv::Mat& now, const cv::Mat& valid) {
  std::vector<Sample> samples;
  const int step = std::max(1, static_cast<int>(std::sqrt(static_cast<double>(before.total()) / kMostSamples)));
  for (int y = step / 2; y < before.rows; y += step) {
    for (int x = step / 2; x < before.cols; x += step) {
      if (!valid.at<std::uint8_t>(y, x)) continue;
      // By the mean of both: by one alone, its noise would pass for a slope.
      const double grey = std::clamp<double>((before.at<float>(y, x) + now.at<float>(y, x)) / 2, 0, 255);
      const double position = grey / kKnotDistance;
      const int knot = std::min(static_cast<int>(position), ToneChange::kKnots - 2);
      samples.push_back({knot, position - knot, grey * place(x, before.cols), grey * place(y, before.rows),
                         now.at<float>(y, x) - before.at<float>(y, x)});
    }
  }
  return samples;
}

double predicted(const Sample& sample, const Row& unknowns) {
  return unknowns[sample.knot] * (1 - sample.upper) + unknowns[sample.knot + 1] * sample.upper +
         unknowns[ToneChange::kKnots] * sample.across + unknowns[ToneChange::kKnots + 1] * sample.down;
}

double typical_miss(const std::vector<Sample>& samples, const Row& unknowns) {
  std::vector<double> misses;
  misses.reserve(samples.size());
  for (const Sample& sample : samples) misses.push_back(std::abs(sample.change - predicted(sample, unknowns)));
  const auto middle = misses.begin() + static_cast<std::ptrdiff_t>(misses.size() / 2);
  std::nth_element(misses.begin(), middle, misses.end());
  return std::max(0.2, 1.4826 * *middle);
}

/// Knots that no sample speaks of go on as straight as the others let them.
void add_stiffness(Square& left, double weight) {
  for (int knot = 1; knot + 1 < ToneChange::kKnots; ++knot) {
    const double bend[3] = {1, -2, 1};
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) left(knot - 1 + i, knot - 1 + j) += weight * bend[i] * bend[j];
    }
  }
  // A plane of gain is claimed only where the samples insist on it.
  for (int i = ToneChange::kKnots; i < kUnknowns; ++i) left(i, i) += weight * 255;
}

bool solve_round(const std::vector<Sample>& samples, Row& unknowns) {
  const double scale = kTolerance * typical_miss(samples, unknowns);
  Square left = Square::zeros();
  Row right{};
  for (const Sample& sample : samples) {
    const double miss = (sample.change - predicted(sample, unknowns)) / scale;
    const double weight = 1 / ((1 + miss * miss) * (1 + miss * miss));
    const int at[4] = {sample.knot, sample.knot + 1, ToneChange::kKnots, ToneChange::kKnots + 1};
    const double share[4] = {1 - sample.upper, sample.upper, sample.across, sample.down};
    for (int i = 0; i < 4; ++i) {
      for (int j = 0; j < 4; ++j) left(at[i], at[j]) += weight * share[i] * share[j];
      right[at[i]] += weight * share[i] * sample.change;
    }
  }
  add_stiffness(left, kStiffness * static_cast<double>(samples.size()));
  return cv::solve(left, right, unknowns, cv::DECOMP_CHOLESKY);
}

}  // namespace

double ToneChange::at(double grey, double x, double y) const {
  const double position = std::clamp(grey, 0.0, 255.0) / kKnotDistance;
  const int knot = std::min(static_cast<int>(position), kKnots - 2);
  const double upper = position - knot;
  return by_level[knot] * (1 - upper) + by_level[knot + 1] * upper + grey * (across * x + down * y);
}

ToneChange measure_tone_change(const cv::Mat& before, const cv::Mat& now, const cv::Mat& valid) {
  ToneChange change;
  const std::vector<Sample> samples = corresponding_samples(before, now, valid);
  if (samples.size() < kLeastSamples) return change;
  Row unknowns{};
  for (int round = 0; round < kRounds; ++round) {
    if (!solve_round(samples, unknowns)) return change;
  }
  for (int knot = 0; knot < ToneChange::kKnots; ++knot) change.by_level[knot] = unknowns[knot];
  change.across = unknowns[ToneChange::kKnots];
  change.down = unknowns[ToneChange::kKnots + 1];
  change.is_known = true;
  return change;
}

}  // namespace reelface
