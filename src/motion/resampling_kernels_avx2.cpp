// SPDX-License-Identifier: Apache-2.0
#include "resampling_kernels.h"

#ifdef __AVX2__
#include "resampling_kernels.inl"
#endif

namespace reelface {

const ResamplingKernels* resampling_kernels_avx2() {
#ifdef __AVX2__
  return &kKernels;
#else
  return nullptr;
#endif
}

}  // namespace reelface
