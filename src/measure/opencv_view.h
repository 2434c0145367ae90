#pragma once

#include <opencv2/core.hpp>

#include "measure/motion.h"
#include "reelface/measure/sample_plane.h"

namespace reelface {

// OpenCV's view of our values: the same memory, nothing copied. OpenCV has no read-only matrix; whoever wraps a view
// only reads.

inline cv::Mat opencv_view(SampleView plane) {
  return cv::Mat(plane.height, plane.width, CV_32F, const_cast<float*>(plane.samples),
                 static_cast<std::size_t>(plane.row_stride) * sizeof(float));
}

inline cv::Mat opencv_view(RgbViewF picture) {
  return cv::Mat(picture.height, picture.width, CV_32FC3, const_cast<float*>(picture.samples),
                 static_cast<std::size_t>(picture.row_stride) * sizeof(float));
}

inline cv::Mat opencv_view(const FlowField& field) {
  return cv::Mat(field.height, field.width, CV_32FC2, const_cast<float*>(field.vectors.data()));
}

}  // namespace reelface
