// SPDX-License-Identifier: Apache-2.0
#include "float_pictures.h"

namespace reelface {

cv::Mat resized_to(const cv::Mat& picture, cv::Size size, int interpolation) {
  if (picture.size() == size) return picture;
  const bool shrinks = size.width < picture.cols || size.height < picture.rows;
  cv::Mat result;
  cv::resize(picture, result, size, 0, 0, shrinks ? cv::INTER_AREA : interpolation);
  return result;
}

cv::Mat blurred(const cv::Mat& picture, double sigma) {
  cv::Mat result;
  cv::GaussianBlur(picture, result, {}, sigma);
  return result;
}

cv::Mat squared_distance(const cv::Mat& first, const cv::Mat& second) {
  cv::Mat distance(first.size(), CV_32F);
  for (int row = 0; row < first.rows; ++row) {
    const auto* a = first.ptr<cv::Vec3f>(row);
    const auto* b = second.ptr<cv::Vec3f>(row);
    auto* result = distance.ptr<float>(row);
    for (int column = 0; column < first.cols; ++column) {
      const float red = a[column][0] - b[column][0], green = a[column][1] - b[column][1],
                  blue = a[column][2] - b[column][2];
      result[column] = red * red + green * green + blue * blue;
    }
  }
  return distance;
}

}  // namespace reelface
