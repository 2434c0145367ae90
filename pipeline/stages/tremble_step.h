// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "film/motion_copy.h"
#include "film/tremble_path.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// Something of a film that trembles, and what is done about it.
struct Tremble {
  std::string name;
  std::string reason;
  TremblePathOptions path{};
  /// How much it changed from one frame to the next; nothing where that cannot be told.
  std::function<std::optional<TremblePath::Values>(const MotionCopy& before, const MotionCopy& now)> change;
  /// Keeps for a later step what is to be taken out of this frame. Not called for frames without tremble.
  std::function<void(FrameJob&, const TremblePath::Values&)> keep;
};

/// How much of a tremble is taken out: nothing of one that is too little to be seen, and little by little all of larger
/// ones, so that a frame that trembles a bit more than the next does not jump.
double share_taken_out(double tremble, double too_little);

/// A look-ahead step that tells what trembles from what moves, frame against frame. Nothing reaches across a cut that
/// the step of cuts before it has found.
LookAhead make_tremble_step(Tremble tremble, std::size_t frames_per_group);

}  // namespace reelface
