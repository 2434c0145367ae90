// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "picture_effects.h"

namespace reelface {
namespace {

cv::Mat directed_kernel(double along, double across, double degrees) {
  const int reach = static_cast<int>(std::ceil(3.5 * along));
  const double angle = degrees * CV_PI / 180;
  cv::Mat kernel(2 * reach + 1, 2 * reach + 1, CV_32F);
  for (int y = -reach; y <= reach; ++y) {
    for (int x = -reach; x <= reach; ++x) {
      const double u = x * std::cos(angle) + y * std::sin(angle);
      const double v = -x * std::sin(angle) + y * std::cos(angle);
      const double value = std::exp(-u * u / (2 * along * along) - v * v / (2 * across * across));
      kernel.at<float>(y + reach, x + reach) = static_cast<float>(value);
    }
  }
  return kernel / cv::sum(kernel)[0];
}

}  // namespace

void blur(cv::Mat& picture, const DegradeRecipe& recipe) {
  if (recipe.blur <= 0) return;
  const double across = recipe.blur * recipe.blur_ratio;
  if (recipe.blur_ratio == 1) {
    const int side = 2 * static_cast<int>(std::ceil(3.5 * recipe.blur)) + 1;
    cv::GaussianBlur(picture, picture, {side, side}, recipe.blur, recipe.blur, cv::BORDER_REPLICATE);
  } else {
    cv::filter2D(picture, picture, -1, directed_kernel(recipe.blur, across, recipe.blur_angle), {-1, -1}, 0,
                 cv::BORDER_REPLICATE);
  }
}

void shift(cv::Mat& picture, double dx, double dy) {
  if (dx == 0 && dy == 0) return;
  const cv::Mat map = (cv::Mat_<double>(2, 3) << 1, 0, dx, 0, 1, dy);
  cv::Mat moved;
  cv::warpAffine(picture, moved, map, picture.size(), cv::INTER_CUBIC, cv::BORDER_REPLICATE);
  picture = moved;
}

void resize(cv::Mat& picture, int width, int height) {
  if (picture.cols == width && picture.rows == height) return;
  const bool smaller = width < picture.cols;
  cv::Mat resized;
  cv::resize(picture, resized, {width, height}, 0, 0, smaller ? cv::INTER_AREA : cv::INTER_CUBIC);
  picture = resized;
}

}  // namespace reelface
