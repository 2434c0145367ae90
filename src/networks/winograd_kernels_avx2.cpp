#include "networks/winograd_kernels.h"

#ifdef __AVX2__
#include "networks/winograd_kernels.inl"
#endif

namespace reelface {

const WinogradKernels* winograd_kernels_avx2() {
#ifdef __AVX2__
  return &kKernels<8>;
#else
  return nullptr;
#endif
}

}  // namespace reelface
