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
  return {at_share(samples, kBeyond), at_share(samples, 1 - kBeyond)};
}

ToneChange fading_of(const ToneRange& range) {
  ToneChange change;
  const double faded = std::clamp((range.black - kRaisedFrom) / (kRaisedFully - kRaisedFrom), 0.0, 1.0);
  const double wanted = (kWhite - kBlack) / std::max(1.0, range.white - range.black);
  const double gain = 1 + faded * (std::clamp(wanted, 1.0, kMostGain) - 1);
  const double black = range.black + faded * (kBlack - range.black);
  change.is_known = faded > 0;
  for (int knot = 0; knot < ToneChange::kKnots; ++knot) {
    const double level = 255.0 * knot / (ToneChange::kKnots - 1);
    change.by_level[knot] = change.is_known ? level - (black + gain * (level - range.black)) : 0;
  }
  return change;
}

}  // namespace reelface
