// SPDX-License-Identifier: Apache-2.0
#include "faces/crop_quality.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "core/quantile.h"
#include "image/opencv_view.h"
#include "local_fit.h"

namespace reelface {
namespace {

constexpr double kMemorySeconds = 1;
constexpr int kGrid = 16;

/// Pure noise differs from block to block by chance: its 92nd percentile is this much above its 20th.
constexpr double kNoiseSpread = 1.4;

/// Mean square of a band in each block of the face's part of the crop.
std::vector<double> block_energies(const cv::Mat& band) {
  std::vector<double> energies;
  for (int row = 3; row < 14; ++row) {
    for (int column = 3; column < 13; ++column) {
      const int left = column * band.cols / kGrid, right = (column + 1) * band.cols / kGrid;
      const int top = row * band.rows / kGrid, bottom = (row + 1) * band.rows / kGrid;
      const cv::Mat block = band(cv::Range(top, bottom), cv::Range(left, right));
      energies.push_back(cv::norm(block, cv::NORM_L2SQR) / static_cast<double>(block.total()));
    }
  }
  return energies;
}

cv::Mat blurred(const cv::Mat& grey, double sigma) {
  cv::Mat result;
  cv::GaussianBlur(grey, result, {}, sigma);
  return result;
}

}  // namespace

CropQuality measure_crop_quality(RgbViewF crop) {
  if (crop.width < 32 || crop.height < 32) return {};
  cv::Mat grey;
  cv::cvtColor(opencv_view(crop), grey, cv::COLOR_RGB2GRAY);
  grey *= 255;
  const std::vector<double> finest = block_energies(grey - blurred(grey, 0.7));
  const std::vector<double> coarse = block_energies(blurred(grey, 1.4) - blurred(grey, 2.8));
  // Flat skin shows the noise, the eyes and the mouth what detail there is on top of it.
  const double noise = quantile(finest, 0.2);
  const double detail = std::max(0.0, quantile(finest, 0.92) - kNoiseSpread * noise);
  return {std::sqrt(detail / (quantile(coarse, 0.92) + 1)), std::sqrt(noise)};
}

CropQuality CropQualityHistory::add(std::int64_t piece_id, double time_seconds, const CropQuality& quality) {
  for (auto piece = pieces_.begin(); piece != pieces_.end();) {
    auto& entries = piece->second;
    while (!entries.empty() && time_seconds - entries.front().time_seconds >= kMemorySeconds) entries.pop_front();
    piece = entries.empty() ? pieces_.erase(piece) : std::next(piece);
  }
  auto& entries = pieces_[piece_id];
  entries.push_back({time_seconds, quality});
  double weights = 0;
  CropQuality mean;
  for (const Entry& entry : entries) {
    const double weight = biweight((time_seconds - entry.time_seconds) / kMemorySeconds);
    weights += weight;
    mean.sharpness += weight * entry.quality.sharpness;
    mean.noise_levels += weight * entry.quality.noise_levels;
  }
  return {mean.sharpness / weights, mean.noise_levels / weights};
}

}  // namespace reelface
