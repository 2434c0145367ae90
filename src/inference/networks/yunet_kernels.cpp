#define REELFACE_LANES 4
#include "inference/networks/yunet_kernels.inl"

namespace reelface {

const YunetKernels* yunet_kernels_baseline() {
  return &kKernels;
}

const YunetKernels& yunet_kernels() {
#if defined(__x86_64__)
  if (yunet_kernels_avx512() != nullptr && __builtin_cpu_supports("avx512f")) return *yunet_kernels_avx512();
  if (yunet_kernels_avx2() != nullptr && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return *yunet_kernels_avx2();
  }
#endif
  return *yunet_kernels_baseline();
}

}  // namespace reelface
