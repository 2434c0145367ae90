// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "measure/placement.h"
#include "moment.h"

namespace reelface {

/// Measures what makes a film whole: how it lies beside the reference, its light, its noise, and what became of damage.
void measure_film_into(ComparisonRow& row, const Moment& moment, const AlignedFrames& frames);

/// Adds that up over a film.
class FilmTotals {
 public:
  void add(const FilmMeasures& measures, bool is_cut);
  void put_into(MeasureSummary& summary) const;

 private:
  Straying across_, down_, light_;
  double noise_ = 0, noise_frames_ = 0;
  AreaMeasures areas_;
};

}  // namespace reelface
