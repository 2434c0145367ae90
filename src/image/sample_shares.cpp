// SPDX-License-Identifier: Apache-2.0
#include "image/sample_shares.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace reelface {

std::vector<SampleShares> shares_of_samples(int full_length, int length, double scale, double offset) {
  const double step = 1 / scale;
  std::vector<SampleShares> result(static_cast<std::size_t>(length));
  for (int i = 0; i < length; ++i) {
    const double centre = std::clamp((i - offset) * step, 0.0, full_length - 1.0);
    const double from = centre - step / 2, to = centre + step / 2;
    const int first = std::clamp(static_cast<int>(std::floor(from + 0.5)), 0, full_length - 1);
    const int last = std::clamp(static_cast<int>(std::ceil(to - 0.5)), first, full_length - 1);
    SampleShares& share = result[static_cast<std::size_t>(i)];
    share.first = first;
    double sum = 0;
    std::vector<double> covered;
    for (int sample = first; sample <= last; ++sample) {
      covered.push_back(std::max(0.0, std::min(to, sample + 0.5) - std::max(from, sample - 0.5)));
      sum += covered.back();
    }
    for (const double part : covered) share.weights.push_back(static_cast<float>(sum > 0 ? part / sum : 1));
  }
  return result;
}

}  // namespace reelface
