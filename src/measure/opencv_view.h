// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include "image/opencv_view.h"
#include "measure/motion.h"
#include "reelface/measure/sample_plane.h"

namespace reelface {

// The same for planes and fields of motion as image/opencv_view.h has for pictures.

inline cv::Mat opencv_view(SampleView plane) {
  return cv::Mat(plane.height, plane.width, CV_32F, const_cast<float*>(plane.samples),
                 static_cast<std::size_t>(plane.row_stride) * sizeof(float));
}

inline cv::Mat opencv_view(const FlowField& field) {
  return cv::Mat(field.height, field.width, CV_32FC2, const_cast<float*>(field.vectors.data()));
}

}  // namespace reelface
