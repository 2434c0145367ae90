// SPDX-License-Identifier: Apache-2.0
#include "inference/kernels/winograd_kernels.h"

#ifdef __AVX512F__
#include "inference/kernels/winograd_kernels.inl"
#endif

namespace reelface {

const WinogradKernels* winograd_kernels_avx512() {
#ifdef __AVX512F__
  return &kWinogradKernels<16>;
#else
  return nullptr;
#endif
}

}  // namespace reelface
