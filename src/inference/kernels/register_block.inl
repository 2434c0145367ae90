// SPDX-License-Identifier: Apache-2.0
// Included once per instruction set, inside files that are compiled with it. No standard header with code in it may be
// included here: the linker keeps one copy of an inline function, and that copy must run on every processor.
#include <cstddef>

#include "inference/kernels/output_block.h"

namespace reelface {
namespace {

// Spelled out for each: GCC drops vector_size where it depends on a template's parameter.
template <int kLanes>
struct VectorOf;
template <>
struct VectorOf<4> {
  using Type = float __attribute__((vector_size(16)));
};
template <>
struct VectorOf<8> {
  using Type = float __attribute__((vector_size(32)));
};
template <>
struct VectorOf<16> {
  using Type = float __attribute__((vector_size(64)));
};
template <int kLanes>
using Vector = typename VectorOf<kLanes>::Type;

template <int kLanes>
inline Vector<kLanes> load(const float* from) {
  Vector<kLanes> value;
  __builtin_memcpy(&value, from, sizeof value);  // floats lie where they like
  return value;
}
template <int kLanes>
inline void store(Vector<kLanes> value, float* to) {
  __builtin_memcpy(to, &value, sizeof value);
}

/// Results below zero times `slope`.
template <int kLanes>
inline Vector<kLanes> activated(Vector<kLanes> value, float slope) {
  const Vector<kLanes> damped = value * slope;
  return value > damped ? value : damped;
}

/// The weights at the same place of the next kChannels output channels, which are wanted as soon as these are done:
/// they come from the second cache or further away, where the processor does not foresee it (a tenth of `faithful`).
template <int kChannels>
inline __attribute__((always_inline)) void fetch_ahead(const float* weights, std::ptrdiff_t block) {
  constexpr int kBlocks = (kChannels + kOutputBlock - 1) / kOutputBlock;
#pragma GCC unroll 4
  for (int next = 0; next < kBlocks; ++next) __builtin_prefetch(weights + (kBlocks + next) * block);
}

/// sums += the products of kRows rows of `depth` numbers, `stride` from each other, and kVectors vectors of output
/// channels; all sums in registers. `weights` [out / 16][...][16], `block` from one sixteen to the next.
template <int kLanes, int kRows, int kVectors>
inline __attribute__((always_inline)) void multiply_add(const float* input, std::ptrdiff_t stride, int depth,
                                                        const float* weights, std::ptrdiff_t block,
                                                        Vector<kLanes> (&sums)[kRows][kVectors]) {
  for (int place = 0; place < depth; ++place) {
    Vector<kLanes> weight[kVectors];
#pragma GCC unroll 16
    for (int vector = 0; vector < kVectors; ++vector) {
      weight[vector] = load<kLanes>(weights + vector * kLanes / kOutputBlock * block +
                                    std::ptrdiff_t{place} * kOutputBlock + vector * kLanes % kOutputBlock);
    }
    fetch_ahead<kVectors * kLanes>(weights + std::ptrdiff_t{place} * kOutputBlock, block);
#pragma GCC unroll 16
    for (int row = 0; row < kRows; ++row) {
      const float value = input[row * stride + place];
#pragma GCC unroll 16
      for (int vector = 0; vector < kVectors; ++vector) sums[row][vector] += value * weight[vector];
    }
  }
}

/// So many rows at a time.
template <int kCount>
struct Rows {
  static constexpr int value = kCount;
};

/// Calls `work(first, Rows<n>())` for all of `count` rows: as many at a time as fill the registers, then what is left.
template <int kRows, typename Work>
inline __attribute__((always_inline)) void for_rows(int count, const Work& work) {
  int first = 0;
  for (; first + kRows <= count; first += kRows) work(first, Rows<kRows>());
  if constexpr (kRows > 4) {
    for (; first + 4 <= count; first += 4) work(first, Rows<4>());
  }
  for (; first + 2 <= count; first += 2) work(first, Rows<2>());
  if (first < count) work(first, Rows<1>());
}

}  // namespace
}  // namespace reelface
