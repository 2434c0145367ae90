// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "reelface/measure/fidelity.h"

namespace reelface {

double gradient_energy(SampleView plane) {
  if (plane.width < 3 || plane.height < 3) return 0;
  double sum = 0;
  for (int y = 1; y + 1 < plane.height; ++y) {
    const float *above = plane.row(y - 1), *here = plane.row(y), *below = plane.row(y + 1);
    for (int x = 1; x + 1 < plane.width; ++x) {
      const float across = here[x + 1] - here[x - 1];
      const float down = below[x] - above[x];
      sum += static_cast<double>(across * across + down * down);
    }
  }
  return sum / 4 / (static_cast<double>(plane.width - 2) * (plane.height - 2));
}

double sharpness_ratio(SampleView picture, SampleView reference) {
  require_same_size(picture.width, picture.height, reference.width, reference.height, "sharpness");
  const double of_picture = gradient_energy(picture);
  const double of_reference = gradient_energy(reference);
  if (of_reference > 0) return of_picture / of_reference;
  return of_picture > 0 ? std::numeric_limits<double>::infinity() : 1;
}

}  // namespace reelface
