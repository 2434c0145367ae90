// SPDX-License-Identifier: Apache-2.0
#include "film/faded_levels.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace reelface {
namespace {

constexpr double kBorder = 0.04;    // of each side
constexpr double kBeyond = 0.0005;  // share of the samples at either end that are not looked at: specks
constexpr int kStep = 2;

// Of a print that has not faded. Room is left at both ends, so that what lies beyond the measured range is not clipped.
constexpr double kBlack = 8, kWhite = 232;
constexpr double kRaisedFrom = 14, kRaisedFully = 30;  // blacks: from where on a film is a faded one
constexpr double kMostGain = 1.7;

// Most prints have their middle between these, as shares of the way from black to white; a faded one is brought nearer.
constexpr double kDarkMiddle = 0.22, kLightMiddle = 0.55;
constexpr double kMostGamma = 1.25;

float at_share(std::vector<float>& samples, double share) {
  const auto place = samples.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(samples.size() - 1));
  std::nth_element(samples.begin(), place, samples.end());
  return *place;
}

}  // namespace

ToneRange measure_tone_range(const cv::Mat& grey) {
  const int left = static_cast<int>(kBorder * grey.cols), top = static_cast<int>(kBorder * grey.rows);
  std::vector<float> samples;
  for (int y = top; y < grey.rows - top; y += kStep) {
    const auto* row = grey.ptr<float>(y);
    for (int x = left; x < grey.cols - left; x += kStep) samples.push_back(row[x]);
  }
  if (samples.empty()) return {};
  return {at_share(samples, kBeyond), at_share(samples, 1 - kBeyond), at_share(samples, 0.5)};
}

double faded_share(const ToneRange& range) {
  return std::clamp((range.black - kRaisedFrom) / (kRaisedFully - kRaisedFrom), 0.0, 1.0);
}

ToneRange unfaded(const ToneRange& range) {
  const double faded = faded_share(range), size = std::max(1.0, range.white - range.black);
  const double gain = 1 + faded * (std::clamp((kWhite - kBlack) / size, 1.0, kMostGain) - 1);
  ToneRange result;
  result.black = range.black + faded * (kBlack - range.black);
  result.white = result.black + gain * (range.white - range.black);
  if (range.middle <= 0) return result;
  const double middle = std::clamp((range.middle - range.black) / size, 0.02, 0.98);
  const double wanted = std::clamp(middle, kDarkMiddle, kLightMiddle);
  const double gamma = std::clamp(std::log(wanted) / std::log(middle), 1 / kMostGamma, kMostGamma);
  result.middle = result.black + (result.white - result.black) * std::pow(middle, 1 + faded * (gamma - 1));
  return result;
}

namespace {

/// From one range to the other, straight beyond both ends.
class TonesMoved {
 public:
  TonesMoved(const ToneRange& from, const ToneRange& to)
      : from_(from), to_(to), size_(std::max(1.0, from.white - from.black)) {
    if (from.middle <= 0) return;
    const auto share = [](double middle, double black, double size) {
      return std::clamp((middle - black) / size, 0.02, 0.98);
    };
    gamma_ = std::log(share(to.middle, to.black, std::max(1.0, to.white - to.black))) /
             std::log(share(from.middle, from.black, size_));
  }

  double operator()(double level) const {
    const double share = (level - from_.black) / size_;
    return to_.black + (to_.white - to_.black) * (share > 0 && share < 1 ? std::pow(share, gamma_) : share);
  }

 private:
  ToneRange from_, to_;
  double size_, gamma_ = 1;
};

}  // namespace

ToneChange fading_of(const ToneRange& range, const ToneRange& own) {
  ToneChange change;
  change.is_known = faded_share(range) > 0;
  if (!change.is_known) return change;
  const TonesMoved moved(range, unfaded(range));
  double strength = 1;
  const auto after = [&](double level) { return level + strength * (moved(level) - level); };
  constexpr double kWeaker = 0.9;
  for (int tries = 0; tries < 30 && (after(own.black) < 0 || after(own.white) > 255); ++tries) strength *= kWeaker;
  for (int knot = 0; knot < ToneChange::kKnots; ++knot) {
    const double level = 255.0 * knot / (ToneChange::kKnots - 1);
    change.by_level[static_cast<std::size_t>(knot)] = level - after(level);
  }
  return change;
}

}  // namespace reelface
