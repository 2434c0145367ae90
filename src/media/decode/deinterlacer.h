// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>

#include "media/libav/ptr.h"
#include "reelface/media/video_reader.h"

namespace reelface {

/// Makes whole pictures of interlaced ones with libav's bwdif filter: one frame in, one frame out, at the same time.
/// With kAuto only frames that are flagged interlaced are changed, and nothing runs until the first of them comes.
/// A result depends on the frame, the one before and the one after only, so that parts of a film come out as the whole.
/// Where size or format changes, the filter ends and begins anew.
class Deinterlacer {
 public:
  Deinterlacer(Deinterlace mode, int threads) : mode_(mode), threads_(threads) {}

  /// Takes a frame; finished ones (one behind while the filter runs) are added to `finished`.
  void push(FramePtr frame, std::deque<FramePtr>& finished);

  /// Gives what the filter still holds.
  void drain(std::deque<FramePtr>& finished);

 private:
  struct Facts {
    std::int64_t pts;
    std::int64_t duration;
    bool is_wanted;  ///< false for the neighbour the filter was started with
  };

  bool is_needed_for(const AVFrame& frame) const;
  void end_where_pictures_change(const AVFrame& frame, std::deque<FramePtr>& finished);
  void start(const AVFrame& frame);
  void feed(const AVFrame* frame, bool is_wanted);
  void collect(std::deque<FramePtr>& finished);

  Deinterlace mode_;
  int threads_;
  FramePtr previous_;  ///< kept until the filter runs, which needs a frame's neighbour
  FilterGraphPtr graph_;
  FramePtr started_with_;  ///< the size and format the filter takes; no samples
  AVFilterContext* entry_ = nullptr;
  AVFilterContext* exit_ = nullptr;
  std::deque<Facts> waiting_;
  std::int64_t fed_ = 0;
};

}  // namespace reelface
