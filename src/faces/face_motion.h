// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>
#include <optional>

#include "reelface/core/face.h"

namespace reelface {

/// The face of one grey picture (CV_8U, points in its pixels) in another, moved, turned and scaled as a whole: what
/// most of its parts agree on. Nothing where too few do, as across a cut or behind a hand. Up to half its size a step.
std::optional<Face> face_in_next_picture(const cv::Mat& here, const Face& face, const cv::Mat& there);

}  // namespace reelface
