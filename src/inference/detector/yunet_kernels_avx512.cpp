// SPDX-License-Identifier: Apache-2.0
#include "inference/detector/yunet_kernels.h"

#ifdef __AVX512F__
#define REELFACE_LANES 16
#include "inference/detector/yunet_kernels.inl"
#endif

namespace reelface {

const YunetKernels* yunet_kernels_avx512() {
#ifdef __AVX512F__
  return &kKernels;
#else
  return nullptr;
#endif
}

}  // namespace reelface
