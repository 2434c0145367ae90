// SPDX-License-Identifier: Apache-2.0
#include "resampling_kernels.inl"
#include "core/instruction_set.h"

namespace reelface {

const ResamplingKernels* resampling_kernels_baseline() {
  return &kKernels;
}

const ResamplingKernels& resampling_kernels() {
  // Four numbers at a time gain nothing from longer vectors than AVX2's fused multiplications have.
  return *fastest_for_this_processor<const ResamplingKernels*>(nullptr, resampling_kernels_avx2(),
                                                               resampling_kernels_baseline());
}

}  // namespace reelface
