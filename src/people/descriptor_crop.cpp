// SPDX-License-Identifier: Apache-2.0
#include "people/descriptor_crop.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "image/opencv_view.h"

namespace reelface {
namespace {

constexpr double kLeft = 93, kTop = 139, kSide = 326;

/// The size of a face in the 512 template, as the detector's boxes measure it: 302 on average over 50 portraits.
constexpr double kFaceOfTemplate = 302;

/// What one sample of the result is made of: consecutive samples with weights that add up to 1.
struct Share {
  int first = 0;
  std::vector<float> weights;
};

/// Each sample of the result covers `step` samples from `start` on; its mean, ends counted in parts. Where less than
/// one is covered, the two nearest are mixed instead.
std::vector<Share> shares(double start, double step, int count, int available) {
  std::vector<Share> result;
  for (int index = 0; index < count; ++index) {
    const double reach = std::max(step, 1.0);
    const double middle = start + (index + 0.5) * step;
    const double from = middle - reach / 2, to = middle + reach / 2;
    Share share;
    share.first = static_cast<int>(std::floor(from));
    for (int at = share.first; at < to; ++at) {
      const double covered = std::min(to, at + 1.0) - std::max(from, static_cast<double>(at));
      share.weights.push_back(static_cast<float>(covered / reach));
    }
    while (share.first < 0 && share.weights.size() > 1) {
      share.weights[1] += share.weights[0];
      share.weights.erase(share.weights.begin());
      ++share.first;
    }
    share.first = std::clamp(share.first, 0, available - 1);
    while (share.first + static_cast<int>(share.weights.size()) > available) {
      const float beyond = share.weights.back();
      share.weights.pop_back();
      share.weights.back() += beyond;
    }
    result.push_back(std::move(share));
  }
  return result;
}

RgbImageF resampled(RgbViewF image, const std::vector<Share>& columns, const std::vector<Share>& rows) {
  RgbImageF result(static_cast<int>(columns.size()), static_cast<int>(rows.size()));
  std::vector<float> row(std::size_t{3} * static_cast<std::size_t>(image.width));
  float* to = result.samples.data();
  for (const Share& down : rows) {
    std::fill(row.begin(), row.end(), 0.0F);
    for (std::size_t part = 0; part < down.weights.size(); ++part) {
      const float* from = image.samples + (down.first + static_cast<std::ptrdiff_t>(part)) * image.row_stride;
      for (std::size_t sample = 0; sample < row.size(); ++sample) row[sample] += down.weights[part] * from[sample];
    }
    for (const Share& across : columns) {
      for (int channel = 0; channel < 3; ++channel) {
        float sum = 0;
        for (std::size_t part = 0; part < across.weights.size(); ++part) {
          sum += across.weights[part] * row[3 * (static_cast<std::size_t>(across.first) + part) + channel];
        }
        *to++ = sum;
      }
    }
  }
  return result;
}

/// The whole of `from` samples in `to` samples.
std::vector<Share> shares_of_all(int from, int to) {
  return shares(0, static_cast<double>(from) / to, to, from);
}

}  // namespace

Affine template_to_descriptor_crop(int size) {
  const double scale = size / kSide;
  return Affine::scale_and_move(scale, scale, (0.5 - kLeft) * scale - 0.5, (0.5 - kTop) * scale - 0.5);
}

RgbImageF descriptor_crop(RgbViewF crop, int size) {
  const double to_crop_x = crop.width / 512.0, to_crop_y = crop.height / 512.0;
  return resampled(crop, shares(kLeft * to_crop_x, kSide * to_crop_x / size, size, crop.width),
                   shares(kTop * to_crop_y, kSide * to_crop_y / size, size, crop.height));
}

RgbImageF seen_small(const RgbImageF& part, double face_size_px, double blur_px) {
  const int width = std::clamp(static_cast<int>(std::lround(face_size_px / kFaceOfTemplate * kSide)), 4, part.width);
  const int height = std::clamp(width * part.height / part.width, 4, part.height);
  RgbImageF small = resampled(part.view(), shares_of_all(part.width, width), shares_of_all(part.height, height));
  if (blur_px > 0) {
    cv::Mat pixels = opencv_view(small.view());
    cv::GaussianBlur(pixels, pixels, {}, blur_px, blur_px, cv::BORDER_REPLICATE);
  }
  return resampled(small.view(), shares_of_all(width, part.width), shares_of_all(height, part.height));
}

double face_size_of_part(int width) {
  return width * kFaceOfTemplate / kSide;
}

}  // namespace reelface
