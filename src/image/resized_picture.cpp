#include "image/resized_picture.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace reelface {

RgbImageF resized(const RgbViewF& picture, int width, int height) {
  RgbImageF result(width, height);
  const cv::Mat from(picture.height, picture.width, CV_32FC3, const_cast<float*>(picture.samples),
                     static_cast<std::size_t>(picture.row_stride) * sizeof(float));
  cv::Mat to(height, width, CV_32FC3, result.samples.data());
  if (from.size() == to.size()) {
    from.copyTo(to);
  } else {
    const bool shrinks = width < picture.width || height < picture.height;
    cv::resize(from, to, to.size(), 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_CUBIC);
  }
  return result;
}

}  // namespace reelface
