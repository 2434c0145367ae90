// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "reelface/core/face.h"
#include "reelface/measure/sample_plane.h"

namespace reelface {

/// How far to the right and down a picture lies of a reference that shows the same, in pixels, to a few hundredths of
/// one. Values 0..1; one may be brighter than the other. Nothing where too little is seen to tell by. Pure.
std::optional<Point> find_placement(SampleView picture, SampleView reference);

/// How far something strays from its mean over a shot, over all shots of a film. Not thread-safe.
class Straying {
 public:
  void add(double value);
  void restart();  ///< a new shot

  double squares() const;  ///< of what lies off the means
  double count() const { return count_ + here_; }
  double mean() const { return count() > 0 ? all_ / count() : 0; }

 private:
  double squares_ = 0, count_ = 0, all_ = 0;           ///< of the shots before; `all_` is the sum of everything
  double here_ = 0, sum_here_ = 0, squares_here_ = 0;  ///< of this one
};

}  // namespace reelface
