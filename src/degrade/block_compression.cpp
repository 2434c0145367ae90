// SPDX-License-Identifier: Apache-2.0
// What JPEG does to a picture, without the file: colour at half size, 8x8 cosine blocks, rounded to multiples of a
// table. Done here because the only effect wanted is the loss; no codec has to be linked for it.
#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "picture_effects.h"

namespace reelface {
namespace {

using Table = std::array<float, 64>;

// ITU-T T.81 annex K, row by row.
constexpr Table kLuma{16, 11,  10,  16, 24, 40, 51, 61, 12,  12,  14,  19,  26, 58, 60, 55,  14,  13,  16,  24, 40, 57,
                      69, 56,  14,  17, 22, 29, 51, 87, 80,  62,  18,  22,  37, 56, 68, 109, 103, 77,  24,  35, 55, 64,
                      81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98,  112, 100, 103, 99};
constexpr Table kChroma{17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99,
                        99, 99, 47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
                        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99};

// The scaling that the Independent JPEG Group's library made common.
Table scaled(const Table& table, double quality) {
  const double percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  Table result{};
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i] =
        static_cast<float>(std::clamp(std::floor((static_cast<double>(table[i]) * percent + 50) / 100), 1.0, 255.0));
  }
  return result;
}

void quantise(cv::Mat& plane, const Table& table) {
  const cv::Size size = plane.size();
  cv::Mat padded;
  cv::copyMakeBorder(plane, padded, 0, (8 - size.height % 8) % 8, 0, (8 - size.width % 8) % 8, cv::BORDER_REPLICATE);
  cv::Mat cosines, block;
  for (int y = 0; y < padded.rows; y += 8) {
    for (int x = 0; x < padded.cols; x += 8) {
      cv::Mat place = padded(cv::Rect(x, y, 8, 8));
      cv::dct(place, cosines);
      auto* values = cosines.ptr<float>();
      for (std::size_t i = 0; i < 64; ++i) values[i] = std::round(values[i] / table[i]) * table[i];
      cv::idct(cosines, block);
      block.copyTo(place);
    }
  }
  padded(cv::Rect({0, 0}, size)).copyTo(plane);
}

}  // namespace

void compress_blocks(cv::Mat& picture, double quality) {
  if (quality <= 0) return;
  cv::Mat codes;
  cv::cvtColor(cv::min(cv::max(picture, 0), 1), codes, cv::COLOR_RGB2YCrCb);
  std::array<cv::Mat, 3> planes;
  cv::split(codes * 255, planes.data());
  const cv::Size size = picture.size();
  const cv::Size half((size.width + 1) / 2, (size.height + 1) / 2);
  const Table luma = scaled(kLuma, quality), chroma = scaled(kChroma, quality);
  for (std::size_t i = 0; i < 3; ++i) {
    cv::Mat plane = planes[i] - 128;
    if (i > 0) cv::resize(plane, plane, half, 0, 0, cv::INTER_AREA);
    quantise(plane, i > 0 ? chroma : luma);
    if (i > 0) cv::resize(plane, plane, size, 0, 0, cv::INTER_LINEAR);
    planes[i] = (plane + 128) / 255;
  }
  cv::merge(planes.data(), 3, codes);
  cv::cvtColor(codes, picture, cv::COLOR_YCrCb2RGB);
}

}  // namespace reelface
