// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <opencv2/core.hpp>

namespace reelface {

/// How brightness changed from one frame to the next: by level (piecewise straight between knots from black to white),
/// and over the picture (a plane of gain, for light that flickers unevenly). In grey levels of 0..255.
struct ToneChange {
  static constexpr int kKnots = 6;
  std::array<double, kKnots> by_level{};  ///< levels added at knot i, that is at grey 51·i
  double across = 0;                      ///< gain from the left edge (−1) to the right edge (+1), as a share
  double down = 0;                        ///< gain from top to bottom
  bool is_known = false;                  ///< false: too few samples correspond

  /// Levels that a sample of this grey at this place (−1..1 each way) has gained.
  double at(double grey, double x, double y) const;
};

/// Measured where the pictures correspond. `before` has been moved onto `now` (both CV_32F grey 0..255, the same size);
/// `valid` (CV_8U) is 0 where nothing corresponds. What still moves otherwise does not matter. Pure.
ToneChange measure_tone_change(const cv::Mat& before, const cv::Mat& now, const cv::Mat& valid);

}  // namespace reelface
