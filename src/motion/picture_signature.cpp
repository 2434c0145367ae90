// SPDX-License-Identifier: Apache-2.0
#include "picture_signature.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "image/opencv_view.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr int kBins = 16;

/// Grey levels of noise that count as no structure: keeps dark and empty pictures from matching at random.
constexpr double kNoiseLevels = 2.0;

cv::Size signature_size(int width, int height) {
  const double scale = static_cast<double>(PictureSignature::kLongSide) / std::max(width, height);
  const auto side = [scale](int length) { return std::max(12, static_cast<int>(std::lround(length * scale / 4) * 4)); };
  return {side(width), side(height)};
}

std::array<float, 48> histogram_of(const cv::Mat& rgb) {
  std::array<float, 48> bins{};
  const float share = 1.0F / static_cast<float>(rgb.total());
  for (int row = 0; row < rgb.rows; ++row) {
    const auto* pixel = rgb.ptr<cv::Vec3b>(row);
    for (int column = 0; column < rgb.cols; ++column) {
      for (int channel = 0; channel < 3; ++channel) {
        // Shared between two bins, so that a slightly brighter frame does not jump from bin to bin.
        const float place = static_cast<float>(pixel[column][channel] * (kBins - 1)) / 255.0F;
        const int low = std::min(static_cast<int>(place), kBins - 2);
        bins[channel * kBins + low] += share * (1 - (place - static_cast<float>(low)));
        bins[channel * kBins + low + 1] += share * (place - static_cast<float>(low));
      }
    }
  }
  return bins;
}

/// Normalised correlation of the parts of two pictures that lie over each other when `second` is moved by (dx, dy).
double correlation_moved(const cv::Mat& first, const cv::Mat& second, int dx, int dy) {
  const int left = std::max(0, dx), right = std::min(first.cols, first.cols + dx);
  const int top = std::max(0, dy), bottom = std::min(first.rows, first.rows + dy);
  float sum_a = 0, sum_b = 0, squares_a = 0, squares_b = 0, products = 0;
  for (int row = top; row < bottom; ++row) {
    const auto* a = first.ptr<float>(row);
    const auto* b = second.ptr<float>(row - dy) - dx;
    for (int column = left; column < right; ++column) {
      sum_a += a[column];
      sum_b += b[column];
      squares_a += a[column] * a[column];
      squares_b += b[column] * b[column];
      products += a[column] * b[column];
    }
  }
  const double count = static_cast<double>(right - left) * (bottom - top);
  const double mean_a = sum_a / count, mean_b = sum_b / count;
  const double variance_a = std::max(0.0, squares_a / count - mean_a * mean_a);
  const double variance_b = std::max(0.0, squares_b / count - mean_b * mean_b);
  return (products / count - mean_a * mean_b) / (std::sqrt(variance_a * variance_b) + kNoiseLevels * kNoiseLevels);
}

/// The best correlation over all moves up to a third of the picture: coarse steps, then single pixels around the best.
double best_correlation(const cv::Mat& first, const cv::Mat& second) {
  const int reach_x = first.cols / 3, reach_y = first.rows / 3;
  double best = correlation_moved(first, second, 0, 0);
  if (best > 0.8) return best;
  int best_x = 0, best_y = 0;
  const auto consider = [&](int dx, int dy) {
    const double found = correlation_moved(first, second, dx, dy);
    if (found > best) best = found, best_x = dx, best_y = dy;
  };
  for (int dy = -reach_y; dy <= reach_y; dy += 2) {
    for (int dx = -reach_x; dx <= reach_x; dx += 2) consider(dx, dy);
  }
  const int around_x = best_x, around_y = best_y;
  for (int dy = -1; dy <= 1; ++dy) {
    for (int dx = -1; dx <= 1; ++dx) consider(around_x + dx, around_y + dy);
  }
  return best;
}

}  // namespace

PictureSignature signature_of(RgbView8 picture) {
  if (picture.width < 1 || picture.height < 1) throw Error(ExitCode::kInternal, "shot cuts: a picture without pixels");
  cv::Mat small, grey;
  cv::resize(opencv_view(picture), small, signature_size(picture.width, picture.height), 0, 0, cv::INTER_AREA);
  cv::cvtColor(small, grey, cv::COLOR_RGB2GRAY);
  PictureSignature signature;
  grey.convertTo(signature.grey, CV_32F);
  signature.histogram = histogram_of(small);
  return signature;
}

PictureDifference difference(const PictureSignature& first, const PictureSignature& second) {
  PictureDifference result;
  // A stream may change its picture size; that is a new shot in any case.
  if (first.grey.size() != second.grey.size()) return {1, 1, 255};
  for (std::size_t bin = 0; bin < first.histogram.size(); ++bin) {
    result.colours += std::abs(first.histogram[bin] - second.histogram[bin]) / 6;
  }
  result.brightness = cv::norm(first.grey, second.grey, cv::NORM_L1) / static_cast<double>(first.grey.total());
  result.structure = 1 - std::max(0.0, best_correlation(first.grey, second.grey));
  return result;
}

}  // namespace reelface
