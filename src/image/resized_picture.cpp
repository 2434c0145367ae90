// SPDX-License-Identifier: Apache-2.0
#include "image/resized_picture.h"

#include <opencv2/imgproc.hpp>

#include "opencv_view.h"

namespace reelface {

RgbImageF resized(const RgbViewF& picture, int width, int height) {
  RgbImageF result(width, height);
  const cv::Mat from = opencv_view(picture);
  cv::Mat to = opencv_view(result.view());
  if (from.size() == to.size()) {
    from.copyTo(to);
  } else {
    const bool shrinks = width < picture.width || height < picture.height;
    cv::resize(from, to, to.size(), 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_CUBIC);
  }
  return result;
}

}  // namespace reelface
