// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "reelface/pipeline/frame_group.h"

namespace reelface {

/// Notes, frame by frame in order, from where on another device restored than the one that was asked for.
class FallbackNote {
 public:
  void note(const FrameJob& job);

  /// For people; empty if nothing happened.
  std::string text() const;

 private:
  std::string faces_;
  std::string pictures_;
};

}  // namespace reelface
