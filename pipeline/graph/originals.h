// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "reelface/pipeline/line.h"

namespace reelface {

/// Keeps frames as they were read, up to the last step that needs them. Where none does, nothing is kept. A value;
/// thread-safety: safe.
class Originals {
 public:
  explicit Originals(const Line& line);

  /// Behind reading. What has come with its original keeps that.
  void keep(FrameGroup& group) const;

  /// Behind the step at this place.
  void let_go(std::size_t place, FrameGroup& group) const;

 private:
  std::size_t places_ = 0;  ///< steps up to the last that needs them
};

}  // namespace reelface
