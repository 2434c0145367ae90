// SPDX-License-Identifier: Apache-2.0
#include "motion/kept_detail.h"

#include <cstddef>
#include <opencv2/imgproc.hpp>

#include "image/noise_by_tone.h"
#include "image/opencv_view.h"

namespace reelface {
namespace {

constexpr int kWindow = 7;          // in which texture is told from noise
constexpr int kFine = 9;            // what is coarser than that was changed on purpose: flicker, blotches
constexpr int kScratch = 65;        // what goes straight down as far as that is a scratch
constexpr double kCertainly = 1.5;  // times the noise: chance alone makes about as much of it in a window
constexpr double kNothing = 1e-9;

cv::Mat luma_of(RgbViewF picture) {
  cv::Mat grey;
  cv::cvtColor(opencv_view(picture), grey, cv::COLOR_RGB2GRAY);
  return grey;
}

/// The mean, but nowhere darker or brighter than the neighbours are: dirt on the middle picture is in none of them.
cv::Mat mean_luma(const std::vector<RgbViewF>& pictures) {
  cv::Mat sum, darkest, brightest;
  for (std::size_t index = 0; index < pictures.size(); ++index) {
    const cv::Mat luma = luma_of(pictures[index]);
    sum = sum.empty() ? luma.clone() : cv::Mat(sum + luma);
    if (index == pictures.size() / 2) continue;
    darkest = darkest.empty() ? luma : cv::Mat(cv::min(darkest, luma));
    brightest = brightest.empty() ? luma : cv::Mat(cv::max(brightest, luma));
  }
  cv::Mat mean = sum / static_cast<double>(pictures.size());
  if (darkest.empty()) return mean;
  return cv::min(cv::max(mean, darkest), brightest);
}

cv::Mat fine_part(const cv::Mat& picture) {
  cv::Mat soft;
  cv::blur(picture, soft, {kFine, kFine});
  return picture - soft;
}

cv::Mat without_scratches(const cv::Mat& detail) {
  cv::Mat along;
  cv::blur(detail, along, {1, kScratch});
  return detail - along;
}

cv::Mat in_window(const cv::Mat& values) {
  cv::Mat mean;
  cv::blur(values, mean, {kWindow, kWindow});
  return mean;
}

}  // namespace

void give_detail_back(const std::vector<RgbViewF>& pictures, const GrainModel& noise, const cv::Mat& noise_share,
                      RgbImageF& cleaned) {
  const cv::Mat clean = luma_of(cleaned.view()), mean = mean_luma(pictures);
  cv::Mat detail = without_scratches(fine_part(mean - clean));
  // What was made sharper is less in the mean than in the clean picture, and has nothing in common with the mean.
  const cv::Mat common = in_window(detail.mul(fine_part(mean)));
  const cv::Mat by_noise = in_window(variance_by_tone(noise, clean).mul(noise_share));
  cv::Mat share = (common - kCertainly * by_noise) / (in_window(detail.mul(detail)) + kNothing);
  cv::max(share, 0, share);
  cv::min(share, 1, share);
  cv::cvtColor(detail.mul(share), detail, cv::COLOR_GRAY2RGB);
  cv::Mat picture = opencv_view(cleaned.view());
  picture += detail;
}

}  // namespace reelface
