// SPDX-License-Identifier: Apache-2.0
#include "motion/kept_share.h"

#include <cstddef>

namespace reelface {

void keep_share(const cv::Mat& share, RgbViewF before, RgbImageF& picture) {
  for (int y = 0; y < picture.height; ++y) {
    const float* from = before.samples + y * before.row_stride;
    float* to = picture.samples.data() + std::ptrdiff_t{3} * picture.width * y;
    const auto* kept = share.ptr<float>(y);
    for (int x = 0; x < picture.width; ++x, from += 3, to += 3) {
      for (int c = 0; c < 3; ++c) to[c] = from[c] + kept[x] * (to[c] - from[c]);
    }
  }
}

}  // namespace reelface
