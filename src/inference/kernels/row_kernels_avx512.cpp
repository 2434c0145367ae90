// SPDX-License-Identifier: Apache-2.0
#include "inference/kernels/row_kernels.h"

#ifdef __AVX512F__
#include "inference/kernels/row_kernels.inl"
#endif

namespace reelface {

const RowKernels* row_kernels_avx512() {
#ifdef __AVX512F__
  return &kRowKernels<16>;
#else
  return nullptr;
#endif
}

}  // namespace reelface
