// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "media/decode/concealment_watch.h"
#include "media/decode/hardware_device.h"
#include "media/libav/compat.h"

namespace reelface {

struct DecoderSettings {
  int threads = 1;
  std::string hardware_acceleration;
  std::int64_t max_pixels = std::int64_t{1} << 26;
  bool any_codec = false;  ///< false: only what films are usually coded as
};

/// Turns packets into pictures in display order. Codecs that are not known are refused, also where a container changes
/// to one in mid-film. Packets and pictures that the decoder refuses are counted, not thrown.
/// Use: send(packet), then receive() until empty; at the end send(nullptr) and receive() until empty.
class VideoDecoder {
 public:
  VideoDecoder(const AVCodecParameters& parameters, const AVStream& stream, const DecoderSettings& settings);
  VideoDecoder(const VideoDecoder&) = delete;  // libav points into this object
  VideoDecoder& operator=(const VideoDecoder&) = delete;

  void send(const AVPacket* packet);
  FramePtr receive();  ///< empty when the decoder wants more packets, or has ended

  /// Forgets what was sent, after a seek.
  void restart();

  AVCodecID codec() const { return context_->codec_id; }
  std::int64_t refused() const { return refused_; }

 private:
  ConcealmentWatch concealment_;  // outlives the context, which points to it
  CodecContextPtr context_;
  HardwareDevice device_;
  std::int64_t refused_ = 0;
  int refused_in_a_row_ = 0;
};

}  // namespace reelface
