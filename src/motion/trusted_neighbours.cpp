// SPDX-License-Identifier: Apache-2.0
#include "motion/trusted_neighbours.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "image/noise_by_tone.h"
#include "image/opencv_view.h"
#include "motion/kept_share.h"
#include "motion/passing_specks.h"
#include "motion/same_light.h"

namespace reelface {
namespace {

constexpr int kWindow = 9;  // of the copies: a speck is no large part of it, the edge of something that moves is
// Squared differences of what is the same, as a multiple of what noise makes: up to the first certainly, from the
// second on certainly not.
constexpr double kSame = 1.5, kOther = 2.5;
constexpr double kFlicker = 6.0 / 255;
constexpr double kLeastDifference = 3.0 / 255;  // where there is no noise: edges are never found exactly

/// Luma at half the size: half the noise is gone, and four times the work.
cv::Mat small_luma(RgbViewF picture) {
  cv::Mat grey, small;
  cv::cvtColor(opencv_view(picture), grey, cv::COLOR_RGB2GRAY);
  cv::resize(grey, small, {(grey.cols + 1) / 2, (grey.rows + 1) / 2}, 0, 0, cv::INTER_AREA);
  return small;
}

/// Of what lies around each pixel. Flicker is forgiven.
cv::Mat mean_squared_difference(const cv::Mat& first, const cv::Mat& second) {
  cv::Mat difference, mean, squared, beyond;
  cv::subtract(first, second, difference);
  const auto averaged = [](const cv::Mat& of, cv::Mat& to) {
    cv::boxFilter(of, to, -1, {kWindow, kWindow}, {-1, -1}, true, cv::BORDER_REFLECT);
  };
  averaged(difference, mean);
  cv::multiply(difference, difference, squared);
  averaged(squared, squared);
  // mean² is exchanged for what of it is more than flicker.
  cv::multiply(mean, mean, difference);
  cv::subtract(squared, difference, squared);
  beyond = cv::abs(mean) - kFlicker;
  cv::max(beyond, 0.0, beyond);
  cv::multiply(beyond, beyond, beyond);
  return squared + beyond;
}

/// What noise makes of the difference of two pictures at each pixel: that of its tone, as far as the calm third shows
/// it.
cv::Mat difference_by_noise(const cv::Mat& squared, const cv::Mat& variance) {
  cv::Mat ratio;
  cv::divide(squared, 2 * variance + 1e-9, ratio);
  std::vector<float> sampled;
  for (int y = 0; y < ratio.rows; y += 4) {
    const auto* row = ratio.ptr<float>(y);
    for (int x = 0; x < ratio.cols; x += 4) sampled.push_back(row[x]);
  }
  const auto calm = sampled.begin() + static_cast<std::ptrdiff_t>(sampled.size() / 3);
  std::nth_element(sampled.begin(), calm, sampled.end());
  return variance * (2 * std::min(1.0F, *calm));
}

/// 1 where they are the same, 0 where they are not.
cv::Mat likeness(const cv::Mat& squared, const cv::Mat& by_noise) {
  const cv::Mat same = kSame * by_noise + kLeastDifference * kLeastDifference;
  cv::Mat result = (same * (kOther / kSame) - squared) / (same * (kOther / kSame - 1));
  cv::min(result, 1.0, result);
  cv::max(result, 0.0, result);
  return result;
}

RgbImageF copy_of(RgbViewF picture) {
  RgbImageF copy(picture.width, picture.height);
  opencv_view(picture).copyTo(opencv_view(copy.view()));
  return copy;
}

/// Where both sides agree about a speck of the middle, they are right.
void believe(const cv::Mat& other_side, const cv::Mat& specks, cv::Mat& trust) {
  cv::Mat either;
  cv::max(trust, other_side, either);
  either.copyTo(trust, specks);
}

std::vector<cv::Mat> lumas_in_one_light(const std::vector<RgbViewF>& pictures) {
  const RgbViewF& middle = pictures[pictures.size() / 2];
  const cv::Mat here = small_luma(middle);
  std::vector<cv::Mat> lumas;
  lumas.reserve(pictures.size());
  for (const RgbViewF& picture : pictures)
    lumas.push_back(picture.samples == middle.samples ? here : in_the_light_of(here, small_luma(picture)));
  return lumas;
}

/// How much of one picture's noise the mean of all still has. The middle has its own share and what others lost.
class MeansNoise {
 public:
  MeansNoise(cv::Size size, std::size_t count)
      : count_(static_cast<double>(count)), of_others_(cv::Mat::zeros(size, CV_32F)), squares_(of_others_.clone()) {}

  void add(const cv::Mat& share) {
    of_others_ += share;
    squares_ += share.mul(share);
  }

  cv::Mat share() const {
    const cv::Mat of_middle = count_ - of_others_;
    return (of_middle.mul(of_middle) + squares_) / (count_ * count_);
  }

 private:
  double count_;
  cv::Mat of_others_, squares_;
};

}  // namespace

cv::Mat keep_what_is_the_same(std::vector<RgbViewF>& pictures, std::vector<std::unique_ptr<RgbImageF>>& made,
                              const GrainModel& noise) {
  const std::size_t middle = pictures.size() / 2;
  const std::vector<cv::Mat> lumas = lumas_in_one_light(pictures);
  const cv::Mat variance = variance_by_tone(noise, lumas[middle]);
  const cv::Mat specks = small_specks(lumas, variance, kWindow / 2 + 1);
  MeansNoise left(lumas[middle].size(), pictures.size());
  for (std::size_t index = 0; index < pictures.size(); ++index) {
    if (pictures[index].samples == pictures[middle].samples) continue;
    const cv::Mat to_middle = mean_squared_difference(lumas[index], lumas[middle]);
    const cv::Mat by_noise = difference_by_noise(to_middle, variance);
    cv::Mat trust = likeness(to_middle, by_noise);
    const std::size_t opposite = index < middle ? middle + 1 : middle - 1;
    if (pictures[opposite].samples != pictures[middle].samples)
      believe(likeness(mean_squared_difference(lumas[index], lumas[opposite]), by_noise), specks, trust);
    left.add(trust);
    double least = 0;
    cv::minMaxLoc(trust, &least);
    if (least >= 1) continue;
    cv::resize(trust, trust, {pictures[index].width, pictures[index].height}, 0, 0, cv::INTER_LINEAR);
    if (!made[index]) made[index] = std::make_unique<RgbImageF>(copy_of(pictures[index]));
    keep_share(trust, pictures[middle], *made[index]);
    pictures[index] = made[index]->view();
  }
  cv::Mat share = left.share();
  cv::resize(share, share, {pictures[middle].width, pictures[middle].height}, 0, 0, cv::INTER_LINEAR);
  return share;
}

}  // namespace reelface
