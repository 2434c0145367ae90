// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include "reelface/image/affine.h"

namespace reelface {

/// Rows of samples that can be asked for: a component of a frame, or a plane in memory.
struct SampleSource {
  int width = 0;
  int height = 0;
  /// Writes `count` samples of row y from x on. Asked only for samples that exist.
  std::function<void(int x, int y, int count, float* samples)> load;
  /// What lies outside: this value, or (none) the nearest sample of the edge.
  std::optional<float> outside;
};

/// The part of a source that a warp reads, averaged to the density at which it will be read (so that nothing finer than
/// the result can alias into it) and padded so that every tap exists.
struct SampleField {
  int width = 0;
  int height = 0;
  std::unique_ptr<float[]> samples;
  Affine from_source;  ///< source coordinates to places in this field
};

/// `result_to_source` says where the results of a `result_width` x `result_height` warp lie in the source.
SampleField prepare_field(const SampleSource& source, const Affine& result_to_source, int result_width,
                          int result_height);

/// How far, in source samples, one result may reach on each axis: filter and taps together.
struct FilterReach {
  int x = 0;
  int y = 0;
};

FilterReach filter_reach(const Affine& result_to_source);

/// Results first..last−1 of row y by cubic convolution: exact for gradients, and for places that are samples.
/// Places are kept to a 1024th of a sample. Results are written `result_step` floats apart.
void sample_row(const SampleField& field, const Affine& result_to_field, int y, int first, int last, float* results,
                int result_step = 1);

}  // namespace reelface
