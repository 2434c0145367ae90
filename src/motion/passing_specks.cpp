#include "motion/passing_specks.h"

#include <algorithm>
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

}  // namespace reelface
