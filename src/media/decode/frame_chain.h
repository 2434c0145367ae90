// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "media/decode/deinterlacer.h"
#include "media/decode/frame_rescaler.h"
#include "media/decode/frame_turner.h"
#include "media/decode/timestamp_fixer.h"
#include "media/libav/ptr.h"

namespace reelface {

/// What happens to a decoded picture before anyone sees it: its stamp is repaired, its fields made whole, its
/// orientation and size brought to the film's. Frames come out in order, each exactly once.
class FrameChain {
 public:
  /// `usual_duration`: of one frame, in ticks. `announced`: the container's word for the pictures' size.
  /// `settled`: the film's size, if it is known. `orientation`: of the stream.
  FrameChain(std::int64_t usual_duration, PictureSize announced, const std::optional<Canvas>& settled,
             const DisplayOrientation& orientation, Deinterlace deinterlace, int threads);

  /// For every packet that goes into the decoder, before what comes out of it is pushed.
  void see_packet(const AVPacket& packet);

  void push(FramePtr decoded, std::deque<FramePtr>& finished);
  void drain(std::deque<FramePtr>& finished);

  /// Then a frame's stamp says nothing about which packets are still to come.
  bool has_decoding_times_only() const { return has_decoding_times_only_; }

  std::int64_t repaired_stamps() const { return fixer_.repaired(); }
  std::int64_t rescaled_frames() const { return rescaler_.rescaled(); }
  std::int64_t boxed_frames() const { return rescaler_.boxed(); }
  std::int64_t turned_frames() const { return turner_.turned(); }
  std::int64_t reformatted_frames() const { return rescaler_.reformatted(); }

 private:
  void fit(std::deque<FramePtr>& whole, std::deque<FramePtr>& finished);
  void learn_from_first(const AVFrame& frame);

  std::int64_t first_decoding_time_ = AV_NOPTS_VALUE;
  int packets_before_first_frame_ = 0;
  bool met_first_frame_ = false;
  bool has_decoding_times_only_ = false;
  std::int64_t delay_ = 0;  ///< of frames behind their packets in that case; ticks
  TimestampFixer fixer_;
  Deinterlacer deinterlacer_;
  FrameTurner turner_;
  FrameRescaler rescaler_;
};

}  // namespace reelface
