// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace reelface {

/// How much of each full-size sample goes into one sample of a smaller component: a box as wide as the step between
/// them, around the place where the sample sits.
struct SampleShares {
  int first = 0;
  std::vector<float> weights;  ///< of `first` and those behind it; they add up to 1
};

/// Of all samples of a row or column. Full-size place `i` is `scale * i + offset` among the `length` samples.
std::vector<SampleShares> shares_of_samples(int full_length, int length, double scale, double offset);

}  // namespace reelface
