// SPDX-License-Identifier: Apache-2.0
#include "inference/kernels/winograd_kernels.h"

#ifdef __AVX2__
#include "inference/kernels/winograd_kernels.inl"
#endif

namespace reelface {

const WinogradKernels* winograd_kernels_avx2() {
#ifdef __AVX2__
  return &kWinogradKernels<8>;
#else
  return nullptr;
#endif
}

}  // namespace reelface
