// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace reelface {

/// What a random number is for: effects draw from separate streams, so switching one on does not change another.
enum class RandomUse : std::uint64_t {
  kNoise = 1,
  kGrain,
  kFlicker,
  kDust,
  kScratch,
  kWeave,
  kJitter,
  kLineJitter,
  kHair,
  kBlotch,
  kChromaBlotch,
  kMould,
  kUnevenFlicker,
  kSplice,
  kFrameOrder,
  kHeadSwitching
};

/// A short stream of random numbers that is a pure function of where it is used: clip seed, effect, frame, and row or
/// item. <random>'s distributions differ between libraries, these do not.
class RandomSource {
 public:
  RandomSource(std::uint64_t seed, RandomUse use, std::int64_t frame, std::int64_t item = 0);

  std::uint64_t bits();
  double uniform();  ///< 0 <= x < 1
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  double normal();  ///< mean 0, sigma 1, cut off at 3.6
  int poisson(double mean);

  /// `count` independent normal values.
  void fill_normal(float* values, int count);

 private:
  std::uint64_t state_;
};

}  // namespace reelface
