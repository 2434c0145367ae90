// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace reelface {

/// How the samples along one axis of a result come from the samples of a source: result[i] = Σ weight·source[first +
/// k]. Samples outside the source repeat its edge; their weights are already added to the edge's, so every index
/// exists.
struct AxisWeights {
  int taps = 0;
  std::vector<int> first;
  std::vector<float> weights;  ///< `taps` for each result

  int count() const { return static_cast<int>(first.size()); }
  const float* of(int index) const { return weights.data() + static_cast<std::size_t>(index) * taps; }
};

/// Result i sits at source position scale·i + offset. Averages over `scale` samples, between two where scale < 1.
AxisWeights area_weights(int result_count, int source_count, double scale, double offset);

/// The same places with a Lanczos window of three lobes, widened when the result is smaller.
AxisWeights lanczos_weights(int result_count, int source_count, double scale, double offset);

/// Σ over the taps of every result: one row, already averaged over its rows.
void apply_along_row(const AxisWeights& weights, const float* source, float* result);

}  // namespace reelface
