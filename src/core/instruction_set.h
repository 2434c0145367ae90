// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace reelface {

/// Of three builds of the same code the fastest that this processor can run; null = not built. The last always is.
template <typename Kernel>
Kernel fastest_for_this_processor(Kernel avx512, Kernel avx2, Kernel baseline) {
#if defined(__x86_64__)
  if (avx512 && __builtin_cpu_supports("avx512f")) return avx512;
  if (avx2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return avx2;
#endif
  return baseline;
}

/// Which of them that is. Another one rounds differently in the last bits.
inline const char* instruction_set_name() {
  return fastest_for_this_processor<const char*>("AVX-512", "AVX2", "baseline");
}

/// Whether it multiplies bf16 numbers faster than fp32 ones.
inline bool cpu_has_fast_bf16() {
#if (defined(__x86_64__) || defined(__i386__)) && defined(__GNUC__)
  return __builtin_cpu_supports("avx512bf16") != 0;
#else
  return false;
#endif
}

}  // namespace reelface
