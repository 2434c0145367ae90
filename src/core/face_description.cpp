// SPDX-License-Identifier: Apache-2.0
#include "reelface/core/face_description.h"

#include <cmath>

namespace reelface {

float distance_between(const FaceDescription& left, const FaceDescription& right) {
  double squares = 0;
  for (std::size_t i = 0; i < left.size(); ++i) squares += std::pow(double{left[i]} - right[i], 2);
  return static_cast<float>(std::sqrt(squares));
}

}  // namespace reelface
