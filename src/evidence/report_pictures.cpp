#include "reelface/evidence/report_pictures.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "reelface/media/still_image.h"

namespace reelface {
namespace {

constexpr int kLongSide = 1080;

cv::Mat view_of(const RgbImageF& picture) {
  return cv::Mat(picture.height, picture.width, CV_32FC3, const_cast<float*>(picture.samples.data()));
}

RgbImage8 as_bytes(const cv::Mat& picture) {
  RgbImage8 result(picture.cols, picture.rows);
  cv::Mat target(picture.rows, picture.cols, CV_8UC3, result.samples.data());
  picture.convertTo(target, CV_8U, 255);
  return result;
}

}  // namespace

RgbImage8 report_picture(const RgbImageF& picture) {
  const int longer = std::max(picture.width, picture.height);
  if (longer <= kLongSide) return as_bytes(view_of(picture));
  const double scale = static_cast<double>(kLongSide) / longer;
  cv::Mat small;
  cv::resize(view_of(picture), small, {}, scale, scale, cv::INTER_AREA);
  return as_bytes(small);
}

RgbImage8 report_square(const RgbImageF& picture, int side) {
  cv::Mat square;
  cv::resize(view_of(picture), square, {side, side}, 0, 0, picture.width > side ? cv::INTER_AREA : cv::INTER_CUBIC);
  return as_bytes(square);
}

ReportImage report_image(const RgbImage8& picture, int quality) {
  return {"image/jpeg", encode_jpeg(picture.view(), quality), picture.width, picture.height};
}

}  // namespace reelface
