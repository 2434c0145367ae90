#include "networks/winograd_kernels.h"

#ifdef __AVX512F__
#include "networks/winograd_kernels.inl"
#endif

namespace reelface {

const WinogradKernels* winograd_kernels_avx512() {
#ifdef __AVX512F__
  return &kKernels<16>;
#else
  return nullptr;
#endif
}

}  // namespace reelface
