#include "motion/trusted_neighbours.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "image/opencv_view.h"
#include "motion/kept_share.h"

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

/// What noise makes of the difference of two pictures: of the calm third, and no more than is known of the noise.
double difference_by_noise(const cv::Mat& squared, double noise) {
  std::vector<float> sampled;
  for (int y = 0; y < squared.rows; y += 4) {
    const auto* row = squared.ptr<float>(y);
    for (int x = 0; x < squared.cols; x += 4) sampled.push_back(row[x]);
  }
  const auto calm = sampled.begin() + static_cast<std::ptrdiff_t>(sampled.size() / 3);
  std::nth_element(sampled.begin(), calm, sampled.end());
  return std::min<double>(*calm, 2 * noise * noise);
}

/// 1 where they are the same, 0 where they are not.
cv::Mat likeness(const cv::Mat& squared, double by_noise) {
  const double same = kSame * by_noise + kLeastDifference * kLeastDifference, other = same * kOther / kSame;
  cv::Mat result = (other - squared) / (other - same);
  cv::min(result, 1.0, result);
  cv::max(result, 0.0, result);
  return result;
}

RgbImageF copy_of(RgbViewF picture) {
  RgbImageF copy(picture.width, picture.height);
  opencv_view(picture).copyTo(opencv_view(copy.view()));
  return copy;
}

}  // namespace

void keep_what_is_the_same(std::vector<RgbViewF>& pictures, std::vector<std::unique_ptr<RgbImageF>>& made,
                           double noise_levels) {
  const std::size_t middle = pictures.size() / 2;
  std::vector<cv::Mat> lumas;
  for (const RgbViewF& picture : pictures) lumas.push_back(small_luma(picture));
  const double noise = noise_levels / 255;
  for (std::size_t index = 0; index < pictures.size(); ++index) {
    if (pictures[index].samples == pictures[middle].samples) continue;
    const std::size_t opposite = index < middle ? middle + 1 : middle - 1;
    const cv::Mat to_middle = mean_squared_difference(lumas[index], lumas[middle]);
    const double by_noise = difference_by_noise(to_middle, noise);
    cv::Mat trust = likeness(to_middle, by_noise);
    if (pictures[opposite].samples != pictures[middle].samples)
      cv::max(trust, likeness(mean_squared_difference(lumas[index], lumas[opposite]), by_noise), trust);
    double least = 0;
    cv::minMaxLoc(trust, &least);
    if (least >= 1) continue;
    cv::resize(trust, trust, {pictures[index].width, pictures[index].height}, 0, 0, cv::INTER_LINEAR);
    if (!made[index]) made[index] = std::make_unique<RgbImageF>(copy_of(pictures[index]));
    keep_share(trust, pictures[middle], *made[index]);
    pictures[index] = made[index]->view();
  }
}

}  // namespace reelface
