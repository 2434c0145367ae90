// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <optional>

#include "reelface/pipeline/stage.h"

namespace reelface {

/// Repeats that one job carries at most, which bounds what it holds. A longer run goes on in jobs without a frame, each
/// in a group of its own: there look-ahead steps let go of what they hold, as in any long pause.
inline constexpr std::size_t kMostRepeats = 500;

/// Frames that show what the frame before them showed are folded into that frame's job, and groups are made anew of
/// frames that differ. So no step works on a picture twice, and windows in time hold pictures that differ.
class FoldingSource : public FrameSource {
 public:
  /// `source` outlives this one.
  FoldingSource(FrameSource& source, std::size_t frames_per_group)
      : source_(source), frames_per_group_(frames_per_group) {}

  FrameGroupPtr next() override;

 private:
  std::optional<FrameJob> next_read();
  std::optional<FrameJob> next_folded();

  FrameSource& source_;
  std::size_t frames_per_group_;
  FrameGroupPtr read_;
  std::size_t place_ = 0;            ///< in read_
  std::optional<FrameJob> begun_;    ///< frames may still be folded into it
  std::optional<FrameJob> waiting_;  ///< goes on with repeats, in the next group
  std::size_t next_sequence_ = 0;
  bool ended_ = false;
};

}  // namespace reelface
