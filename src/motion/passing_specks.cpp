// SPDX-License-Identifier: Apache-2.0
#include "motion/passing_specks.h"

#include <algorithm>
#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "image/opencv_view.h"

namespace reelface {
namespace {

constexpr double kLeast = 4.0 / 255;  // beyond all neighbours; the same again is certain
constexpr double kOfNoise = 2;
constexpr double kApart = 2;  // times that: how far neighbours that agree may be apart

cv::Mat soft_luma(RgbViewF picture) {
  cv::Mat grey;
  cv::cvtColor(opencv_view(picture), grey, cv::COLOR_RGB2GRAY);
  cv::blur(grey, grey, {3, 3});
  return grey;
}

}  // namespace

cv::Mat passing_specks(const std::vector<RgbViewF>& pictures, double noise_levels) {
  const std::size_t middle = pictures.size() / 2;
  cv::Mat darkest, brightest;
  for (std::size_t index = 0; index < pictures.size(); ++index) {
    if (index == middle) continue;
    const cv::Mat luma = soft_luma(pictures[index]);
    if (darkest.empty()) {
      darkest = luma.clone();
      brightest = luma;
      continue;
    }
    cv::min(darkest, luma, darkest);
    cv::max(brightest, luma, brightest);
  }
  const cv::Mat here = soft_luma(pictures[middle]);
  cv::Mat beyond = cv::max(cv::Mat(here - brightest), cv::Mat(darkest - here));
  const double least = kLeast + kOfNoise * noise_levels / 255 / 3;  // of nine samples' mean
  // Where the neighbours do not agree among themselves, something moves that was not followed.
  const cv::Mat apart = brightest - darkest;
  cv::Mat agreement = 2 - apart / (least * kApart);
  beyond = (beyond - least) / least;
  for (cv::Mat* share : {&agreement, &beyond}) {
    cv::min(*share, 1.0, *share);
    cv::max(*share, 0.0, *share);
  }
  cv::erode(agreement, agreement, cv::Mat(), {-1, -1}, 2);
  cv::multiply(beyond, agreement, beyond);
  cv::dilate(beyond, beyond, cv::Mat(), {-1, -1}, 2);
  cv::blur(beyond, beyond, {3, 3});
  return beyond;
}

cv::Mat small_specks(const std::vector<cv::Mat>& lumas, const cv::Mat& variance, int around) {
  constexpr double kLeastSmall = 3.0 / 255, kLargest = 0.0003,
                   kAlwaysSmall = 9;  // of the picture, pixels: what is larger moves
  const std::size_t middle = lumas.size() / 2;
  const cv::Mat &here = lumas[middle], &before = lumas[middle - 1], &after = lumas[middle + 1];
  cv::Mat least;
  cv::sqrt(variance, least);
  least += kLeastSmall;
  const cv::Mat low = cv::min(before, after), high = cv::max(before, after);
  const cv::Mat beyond = cv::max(cv::Mat(here - high), cv::Mat(low - here));
  cv::Mat specks = (beyond > least) & (high - low < kApart * least), labels, facts, centres;
  cv::connectedComponentsWithStats(specks, labels, facts, centres);
  const double largest = std::max(kAlwaysSmall, kLargest * static_cast<double>(here.total()));
  for (int y = 0; y < specks.rows; ++y) {
    const auto* label = labels.ptr<int>(y);
    auto* const speck = specks.ptr<std::uint8_t>(y);
    for (int x = 0; x < specks.cols; ++x) {
      if (facts.at<int>(label[x], cv::CC_STAT_AREA) > largest) speck[x] = 0;
    }
  }
  cv::dilate(specks, specks, cv::Mat::ones(2 * around + 1, 2 * around + 1, CV_8U));
  return specks;
}

}  // namespace reelface
