// SPDX-License-Identifier: Apache-2.0
#include "mixed_picture.h"

#include <cstddef>

namespace reelface {

RgbImageF mixed(const RgbImageF& from, RgbImageF to, float share) {
  for (std::size_t sample = 0; sample < to.samples.size(); ++sample) {
    to.samples[sample] = from.samples[sample] + share * (to.samples[sample] - from.samples[sample]);
  }
  return to;
}

}  // namespace reelface
