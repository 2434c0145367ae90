// SPDX-License-Identifier: Apache-2.0
#include "evidence/report_pictures.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "evidence/picture_matrix.h"
#include "image/opencv_view.h"
#include "media/encode/still_image.h"

namespace reelface {
namespace {

constexpr int kLongSide = 1080;

}  // namespace

RgbImage8 report_picture(const RgbImageF& picture) {
  const int longer = std::max(picture.width, picture.height);
  if (longer <= kLongSide) return as_bytes(opencv_view(picture.view()));
  const double scale = static_cast<double>(kLongSide) / longer;
  cv::Mat small;
  cv::resize(opencv_view(picture.view()), small, {}, scale, scale, cv::INTER_AREA);
  return as_bytes(small);
}

RgbImage8 report_square(const RgbImageF& picture, int side) {
  cv::Mat square;
  cv::resize(opencv_view(picture.view()), square, {side, side}, 0, 0,
             picture.width > side ? cv::INTER_AREA : cv::INTER_CUBIC);
  return as_bytes(square);
}

ReportImage report_image(const RgbImage8& picture, int quality) {
  return {"image/jpeg", encode_jpeg(picture.view(), quality), picture.width, picture.height};
}

}  // namespace reelface
