// SPDX-License-Identifier: Apache-2.0
#include "inference/detector/yunet_kernels.h"

#ifdef __AVX2__
#define REELFACE_LANES 8
#include "inference/detector/yunet_kernels.inl"
#endif

namespace reelface {

const YunetKernels* yunet_kernels_avx2() {
#ifdef __AVX2__
  return &kKernels;
#else
  return nullptr;
#endif
}

}  // namespace reelface
