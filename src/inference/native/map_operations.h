// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "inference/native/layers.h"

namespace reelface {

// What lies between the convolutions of a network. All write `to`, which has the right size already.

/// `map` with a border of zeros, as wide on every side as there is room for in `to`.
void put_border(const FeatureMap& map, FeatureMap& to);

/// The greatest of 3x3 pixels at every second place.
void take_greatest(const FeatureMap& map, FeatureMap& to);

/// The means of 2x2 pixels.
void take_means(const FeatureMap& map, FeatureMap& to);

/// What is below zero is multiplied by its channel's slope, in place.
void apply_slopes(const std::vector<float>& slopes, FeatureMap& map);

/// As channels of the wider `to`, from `first_channel` on; if that is 0, all behind it become zero.
void put_channels(const FeatureMap& map, int channels, int first_channel, FeatureMap& to);

/// `to` plus `map` times `factor`.
void add_scaled(const FeatureMap& map, float factor, FeatureMap& to);

/// Each pixel four times.
void repeat_pixels(const FeatureMap& map, FeatureMap& to);

/// ReLU of the sum, which is as large as the larger of each of their sizes. Whichever of the two has fewer channels,
/// rows or columns counts as zero there. `to` may be one of them, if that one is as large as the sum.
void join(const FeatureMap& left, const FeatureMap& right, FeatureMap& to);

}  // namespace reelface
