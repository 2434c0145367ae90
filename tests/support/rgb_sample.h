// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "reelface/core/rgb_image.h"
#include "support/place_in_rows.h"

namespace reelface::testing {

/// One sample of a picture, 0 ≤ channel < 3. Not checked.
template <class Sample>
const Sample& sample_at(const RgbImage<Sample>& picture, int x, int y, int channel = 0) {
  return picture.samples[3 * place_in_rows(x, y, picture.width) + static_cast<std::size_t>(channel)];
}

template <class Sample>
Sample& sample_at(RgbImage<Sample>& picture, int x, int y, int channel = 0) {
  return const_cast<Sample&>(sample_at(static_cast<const RgbImage<Sample>&>(picture), x, y, channel));
}

template <class Sample>
const Sample& sample_at(const RgbView<Sample>& picture, int x, int y, int channel = 0) {
  return picture.samples[y * picture.row_stride + std::ptrdiff_t{3} * x + channel];
}

}  // namespace reelface::testing
