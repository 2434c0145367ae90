// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "reelface/core/cancel_token.h"
#include "reelface/media/video_reader.h"
#include "reelface/pipeline/stage.h"

namespace reelface {

/// Frames in a group: eight, fewer when they are huge. Depends on the picture alone, so the batches that are formed
/// from a group's faces are the same in every run.
std::size_t frames_per_group(const VideoInfo& video);

/// Collects what a reader gives into groups of `frames_per_group`. Ends early when a stop was asked for.
class GroupSource : public FrameSource {
 public:
  /// Both outlive the source.
  GroupSource(VideoReader& reader, std::size_t frames_per_group, const CancelToken* cancel)
      : reader_(reader), frames_per_group_(frames_per_group), cancel_(cancel) {}

  FrameGroupPtr next() override;
  std::int64_t frames_read() const { return next_index_; }

 private:
  VideoReader& reader_;
  std::size_t frames_per_group_;
  const CancelToken* cancel_;
  std::int64_t next_index_ = 0;
  std::size_t next_sequence_ = 0;
  bool drained_ = false;
  bool ended_ = false;
};

}  // namespace reelface
