// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "image/colour_conversion.h"
#include "reelface/image/frame.h"

namespace reelface {

/// One component's samples inside a frame, whatever their packing. Does not own them.
struct ComponentView {
  std::uint8_t* data = nullptr;  ///< first sample
  std::ptrdiff_t stride = 0;     ///< bytes from row to row, may be negative
  int step = 1;                  ///< bytes from sample to sample
  int width = 0;
  int height = 0;
  int bytes = 1;  ///< of one sample: 1 or 2
  int shift = 0;
  int depth = 8;
};

/// Throws for layouts that are carried but never changed.
ComponentView view_component(const Frame& frame, int component);

/// Code values of `count` samples of row `y`, from `x` on. The samples must exist.
void load_samples(const ComponentView& view, int x, int y, int count, float* codes);

/// sums[i] += weight · code, for averaging over rows.
void accumulate_samples(const ComponentView& view, int x, int y, int count, float weight, float* sums);

/// Writes codes, rounded and clamped to 0..2^depth − 1. Neighbouring bits of the same word stay.
void store_samples(const ComponentView& view, int x, int y, int count, const float* codes);

/// Adds differences, dithered to whole codes by a pattern fixed to the picture: a difference of 0 changes nothing,
/// whole ones land exactly. Results stay in `legal`, samples that were outside already may stay where they are.
void add_to_samples(const ComponentView& view, int x, int y, int count, const float* differences,
                    const CodeRange& legal);

/// Throws unless the frame's samples can be read and changed here.
void require_editable(const FrameFacts& facts);

}  // namespace reelface
