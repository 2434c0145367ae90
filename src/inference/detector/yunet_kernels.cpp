// SPDX-License-Identifier: Apache-2.0
#include "core/instruction_set.h"

#define REELFACE_LANES 4
#include "inference/detector/yunet_kernels.inl"

namespace reelface {

const YunetKernels* yunet_kernels_baseline() {
  return &kKernels;
}

const YunetKernels& yunet_kernels() {
  return *fastest_for_this_processor(yunet_kernels_avx512(), yunet_kernels_avx2(), yunet_kernels_baseline());
}

}  // namespace reelface
