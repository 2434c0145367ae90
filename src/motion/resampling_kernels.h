// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace reelface {

/// One row of pixels, each read at its own place plus its offset.
struct OffsetRow {
  const float* picture = nullptr;  ///< its first number; around it its edge is repeated
  std::ptrdiff_t stride = 0;       ///< of the picture, in numbers
  int width = 0;
  int height = 0;
  int channels = 0;                ///< one to three
  int row = 0;                     ///< which one is read
  int first = 0, end = 0;          ///< of it, these pixels
  const float* offsets = nullptr;  ///< x and y for each pixel of the whole row
  float* results = nullptr;        ///< as long; those of other pixels are left alone
};

struct ResamplingKernels {
  void (*linear)(const OffsetRow& row);
  void (*cubic)(const OffsetRow& row);
};

// One source, compiled for several instruction sets; null where the compiler was not asked for that set.
const ResamplingKernels* resampling_kernels_avx2();
const ResamplingKernels* resampling_kernels_baseline();

/// The fastest this processor can run.
const ResamplingKernels& resampling_kernels();

}  // namespace reelface
