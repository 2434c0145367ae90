// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "media/encode/encoder_options.h"
#include "media/encode/frame_converter.h"
#include "media/encode/frame_timeline.h"

namespace reelface {

/// What the encoder needs to know about where its packets go.
struct EncoderSurroundings {
  const ContainerRules* rules = nullptr;  ///< null for pictures
  AVCodecID picture_codec = AV_CODEC_ID_NONE;
};

/// Turns frames into packets that carry the frames' own times and durations. Thread-safety: one call at a time.
class VideoEncoder {
 public:
  using PacketSink = std::function<void(AVPacket&)>;

  /// Opens the first candidate that opens. Throws Error(kUsage) when none does.
  VideoEncoder(const SourceVideo& source, const WriteOptions& options, const EncoderSurroundings& surroundings);
  ~VideoEncoder();
  VideoEncoder(const VideoEncoder&) = delete;
  VideoEncoder& operator=(const VideoEncoder&) = delete;

  const AVCodecContext& context() const { return *context_; }
  /// Of the packets' stamps.
  AVRational time_base() const { return time_base_; }
  /// Conversions and losses, in plain words.
  const std::vector<std::string>& notes() const { return notes_; }
  /// The user's options the encoder does not know.
  const OptionList& unknown_options() const { return unknown_options_; }

  /// The time that a frame has on the encoder's clock. Asked for each frame once, in order, by encode() or by whoever
  /// has the frames encoded elsewhere.
  struct Stamp {
    std::int64_t pts = 0;
    std::int64_t duration = 0;
  };
  Stamp next_stamp(const FrameFacts& facts);

  /// Packets that are ready go to `sink`, which may take them.
  void encode(const Frame& frame, const PacketSink& sink);
  /// The frames still inside. Throws Error(kInternal) if there are fewer packets than frames.
  void drain(const PacketSink& sink);

  std::int64_t frames() const { return timeline_.entered(); }

 private:
  CodecContextPtr open(const EncoderCandidate& candidate, const SourceVideo& source, const WriteOptions& options,
                       const EncoderSurroundings& surroundings);
  void note_losses(const EncoderCandidate& candidate, const SourceVideo& source);
  void send(const AVFrame* frame, const PacketSink& sink);
  void receive(const PacketSink& sink);
  std::int64_t stamp_of(const FrameFacts& facts) const;

  AVRational time_base_{1, 25};
  CodecContextPtr context_;
  FrameTimeline timeline_{FrameTimeline::Mode::kStamps};
  FrameConverter converter_{PictureFormat{}};
  std::vector<std::string> notes_;
  OptionList unknown_options_;
  PacketPtr packet_;
  bool counts_frames_only_ = false;  ///< the container has no stamps: a frame between two ticks is an error
  std::int64_t first_source_pts_ = AV_NOPTS_VALUE;
  std::int64_t last_pts_ = AV_NOPTS_VALUE;
  std::int64_t next_pts_ = AV_NOPTS_VALUE;  ///< for frames without a stamp
  std::int64_t stamped_ = 0;
  std::int64_t packets_ = 0;
  bool drained_ = false;
};

}  // namespace reelface
