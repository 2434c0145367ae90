// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "film/motion_copy.h"
#include "reelface/image/frame.h"

namespace reelface {

/// How much a value trembles that should go evenly: the standard deviation of what is left when even movement is taken
/// away, from how much the value's change changes. Of values that stray independently from frame to frame.
class Unevenness {
 public:
  /// Against the frame before.
  void add(double change);
  /// A new shot, or a change that nobody knows.
  void restart() { last_.reset(); }

  std::optional<double> deviation() const;

 private:
  std::optional<double> last_;
  double squares_ = 0;
  std::int64_t count_ = 0;
};

/// What is restless about a film. Nothing where it could not be measured.
struct Restlessness {
  std::optional<double> weave;    ///< pixels that the picture strays from its path, in each direction
  std::optional<double> flicker;  ///< per cent that the light of a middle grey strays
  std::optional<double> noise;    ///< levels of 0..255, in calm places
};

/// Measures it, frame by frame in order; of a long film, in stretches. Memory does not grow.
class FilmMeter {
 public:
  /// Weave is told in pixels of a picture of `width_told`: those of an enlarged film would not compare.
  void see(const Frame& frame, bool starts_shot, int width_told);

  Restlessness result() const;

 private:
  void compare(const MotionCopy& now, double scale);

  std::optional<MotionCopy> before_;
  Unevenness across_, down_, light_;
  double noise_ = 0;
  std::int64_t noise_looks_ = 0, frames_ = 0;
};

}  // namespace reelface
