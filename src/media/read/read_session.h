// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "media/decode/frame_chain.h"
#include "media/decode/video_decoder.h"
#include "media/read/damage_watch.h"
#include "media/read/packet_shelf.h"
#include "media/read/packet_source.h"
#include "media/read/read_window.h"
#include "media/read/run_up_buffer.h"
#include "media/read/stretch_watch.h"
#include "media/read/timeline_joiner.h"

namespace reelface {

/// One pass over an input: packets in, frames of the wanted window and packets to copy out.
class ReadSession {
 public:
  ReadSession(std::unique_ptr<PacketSource> source, const ReadOptions& options, const CancelToken* cancel);

  PacketSource& source() { return *source_; }
  AVRational frame_rate() const { return frame_rate_; }

  /// Starts at a key frame about `seconds` into the film instead of at its beginning. Before the first read only.
  bool seek(double seconds);

  /// The same result for containers that cannot be sought in: what lies before passes undecoded.
  void pass_over_until(double seconds) { run_up_.emplace(seconds); }

  /// Reads until the window's first frame is there; null if there is none.
  const AVFrame* read_first_frame();

  /// Whether decoding began early enough for the window to be complete.
  bool began_before_window() const { return began_before_window_; }

  std::optional<MediaUnit> next();

  /// From now on only packets to copy are given.
  void stop_decoding();

  DamageReport damage() const;
  std::int64_t window_offset_microseconds() const { return window_.offset_microseconds(); }
  ReadExtent extent() const;
  const std::vector<PictureStretch>& stretches() const { return stretches_.met(); }
  std::int64_t start_offset_microseconds() const { return file_start_ + window_.offset_microseconds(); }

 private:
  enum class Stage { kReading, kReadingTail, kEnded };

  void step();
  void take(AVPacket& packet);
  void shift_to_file_start(AVPacket& packet);
  void keep_rising(AVPacket& packet);
  void take_video(AVPacket& packet);
  void decode(const AVPacket* packet);
  void collect_decoded();
  void follow_codec_change();
  void end_video();
  void pass_on(std::deque<FramePtr>& finished);
  void hold(FramePtr frame);
  void release_held(std::int64_t next_pts);
  bool tail_is_over(const AVStream& stream, std::int64_t time);
  MediaUnit make_unit(std::optional<FramePtr> frame);
  const AVStream& video_stream() const { return *source_->format().streams[source_->video_stream()]; }

  std::unique_ptr<PacketSource> source_;
  ReadOptions options_;
  const CancelToken* cancel_;
  ReadWindow window_;
  std::int64_t file_start_ = 0;  ///< microseconds on the container's clock
  AVRational frame_rate_;
  std::int64_t usual_duration_;  ///< of a frame, in ticks
  std::int64_t last_duration_;   ///< of the frame released last
  TimelineJoiner joiner_;
  std::vector<std::int64_t> last_offsets_;  ///< of the joined clock, by stream
  std::vector<std::int64_t> last_copied_;   ///< decoding time of the last packet, by stream
  std::int64_t moved_packets_ = 0;
  DamageWatch damage_;
  std::unique_ptr<VideoDecoder> decoder_;
  std::int64_t refused_by_former_decoders_ = 0;
  std::int64_t refused_before_window_ = 0;
  std::optional<RunUpBuffer> run_up_;
  FrameChain chain_;
  StretchWatch stretches_;
  PacketShelf shelf_;
  PacketPtr packet_;
  FramePtr held_;  ///< one frame back, because a missing duration follows from the next frame
  std::deque<FramePtr> ready_;
  Stage stage_ = Stage::kReading;
  bool decodes_ = true;
  bool reached_end_ = false;
  bool met_frame_ = false;
  bool met_window_ = false;
  bool began_before_window_ = false;
  std::vector<bool> sound_is_over_;  ///< by stream
};

}  // namespace reelface
