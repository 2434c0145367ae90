// SPDX-License-Identifier: Apache-2.0
#include "inference/kernels/row_kernels.h"

#ifdef __AVX2__
#include "inference/kernels/row_kernels.inl"
#endif

namespace reelface {

const RowKernels* row_kernels_avx2() {
#ifdef __AVX2__
  return &kRowKernels<8>;
#else
  return nullptr;
#endif
}

}  // namespace reelface
