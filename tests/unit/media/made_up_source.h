// SPDX-License-Identifier: Apache-2.0
#pragma once

extern "C" {
#include <libavformat/avformat.h>
}

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "media/libav/error.h"
#include "media/read/packet_source.h"
#include "reelface/core/error.h"

namespace reelface::testing {

/// Of one packet.
struct Stamped {
  int stream = 0;  ///< 0 is the video
  std::int64_t pts = 0;
  std::int64_t dts = 0;
  std::int64_t duration = 0;
};

/// A film of grey pictures of 2x2 and of sound, with just these stamps.
class MadeUpSource : public PacketSource {
 public:
  MadeUpSource(AVRational video_base, AVRational sound_base, std::int64_t start, std::vector<Stamped> packets)
      : format_(avformat_alloc_context()), packets_(std::move(packets)) {
    format_->iformat = av_find_input_format("nut");
    format_->start_time = start;
    AVCodecParameters& video = add_stream(AVMEDIA_TYPE_VIDEO, AV_CODEC_ID_RAWVIDEO, video_base);
    video.width = video.height = 2;
    video.format = AV_PIX_FMT_GRAY8;
    add_stream(AVMEDIA_TYPE_AUDIO, AV_CODEC_ID_PCM_U8, sound_base).sample_rate = 48000;
  }

  AVFormatContext& format() override { return *format_; }
  int video_stream() const override { return 0; }
  const AVCodecParameters& video_parameters() const override { return *format_->streams[0]->codecpar; }
  bool read(AVPacket& packet) override {
    if (next_ == packets_.size()) return false;
    const Stamped& stamped = packets_[next_++];
    check_libav(av_new_packet(&packet, 4), "making a packet", ExitCode::kOutOfMemory);
    std::fill_n(packet.data, 4, 128);
    packet.stream_index = stamped.stream;
    packet.pts = stamped.pts;
    packet.dts = stamped.dts;
    packet.duration = stamped.duration;
    packet.flags = AV_PKT_FLAG_KEY;
    return true;
  }
  bool can_seek() const override { return false; }
  bool seek(std::int64_t) override { return false; }
  std::int64_t warnings() const override { return 0; }
  bool is_pipe() const override { return false; }
  std::string complaint() const override { return {}; }

 private:
  struct Close {
    void operator()(AVFormatContext* format) const { avformat_free_context(format); }
  };

  AVCodecParameters& add_stream(AVMediaType type, AVCodecID codec, AVRational time_base) {
    AVStream* stream = avformat_new_stream(format_.get(), nullptr);
    stream->time_base = time_base;
    stream->avg_frame_rate = {25, 1};
    stream->codecpar->codec_type = type;
    stream->codecpar->codec_id = codec;
    return *stream->codecpar;
  }

  std::unique_ptr<AVFormatContext, Close> format_;
  std::vector<Stamped> packets_;
  std::size_t next_ = 0;
};

}  // namespace reelface::testing
