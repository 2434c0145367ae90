// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mask_geometry.h"
#include "sample_field.h"

namespace reelface {

/// A crop's field together with the way from a component's samples to it.
struct PlacedField {
  SampleField field;
  Affine from_component;

  void sample(int y, int first, int last, float* results) const {
    sample_row(field, from_component, y, first, last, results);
  }
};

/// Made for the samples of `region`.
inline PlacedField place_field(const SampleSource& source, const Affine& component_to_crop, const SampleBox& region) {
  const Affine from_region = chain(Affine::scale_and_move(1, 1, region.left, region.top), component_to_crop);
  PlacedField placed;
  placed.field = prepare_field(source, from_region, region.width(), region.height());
  placed.from_component = chain(component_to_crop, placed.field.from_source);
  return placed;
}

}  // namespace reelface
