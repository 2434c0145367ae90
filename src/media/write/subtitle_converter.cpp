// SPDX-License-Identifier: Apache-2.0
#include "media/write/subtitle_converter.h"

extern "C" {
#include <libavutil/mem.h>
}

#include <cstring>
#include <new>
#include <vector>

#include "media/formats/container_rules.h"
#include "media/libav/compat.h"
#include "media/libav/error.h"
#include "media/libav/frame_storage.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr std::size_t kLongestEvent = 1 << 20;
constexpr const char* kSubtitleAdvice = "write to a .mkv file, or use --no-subtitles";

CodecContextPtr new_context(const AVCodec* codec, AVCodecID id) {
  if (!codec) throw Error(ExitCode::kUsage, "no way to convert " + codec_name(id) + " subtitles", kSubtitleAdvice);
  CodecContextPtr context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  return context;
}

class DecodedSubtitle {
 public:
  DecodedSubtitle() = default;
  ~DecodedSubtitle() { avsubtitle_free(&subtitle); }
  DecodedSubtitle(const DecodedSubtitle&) = delete;
  DecodedSubtitle& operator=(const DecodedSubtitle&) = delete;

  AVSubtitle subtitle{};
};

}  // namespace

SubtitleConverter::SubtitleConverter(const AVStream& input, AVCodecID target)
    : decoder_(new_context(avcodec_find_decoder(input.codecpar->codec_id), input.codecpar->codec_id)),
      encoder_(new_context(avcodec_find_encoder(target), target)) {
  const std::string doing =
      "converting subtitles from " + codec_name(input.codecpar->codec_id) + " to " + codec_name(target);
  check_libav(avcodec_parameters_to_context(decoder_.get(), input.codecpar), doing, ExitCode::kUsage, kSubtitleAdvice);
  decoder_->pkt_timebase = input.time_base;
  check_libav(avcodec_open2(decoder_.get(), decoder_->codec, nullptr), doing, ExitCode::kUsage, kSubtitleAdvice);
  encoder_->time_base = AVRational{1, 1000};
  if (decoder_->subtitle_header_size > 0) {  // the styles, which every encoder of text wants as an ASS header
    const auto size = static_cast<std::size_t>(decoder_->subtitle_header_size);
    encoder_->subtitle_header = static_cast<std::uint8_t*>(av_mallocz(size + 1));
    if (!encoder_->subtitle_header) throw std::bad_alloc();
    std::memcpy(encoder_->subtitle_header, decoder_->subtitle_header, size);
    encoder_->subtitle_header_size = decoder_->subtitle_header_size;
  }
  check_libav(avcodec_open2(encoder_.get(), encoder_->codec, nullptr), doing, ExitCode::kUsage, kSubtitleAdvice);
}

void SubtitleConverter::describe(AVCodecParameters& parameters) const {
  check_libav(avcodec_parameters_from_context(&parameters, encoder_.get()), "describing subtitles",
              ExitCode::kInternal);
}

PacketPtr SubtitleConverter::convert(const AVPacket& packet) {
  PacketPtr writable = new_packet();
  check_libav(av_packet_ref(writable.get(), &packet), "sharing a packet", ExitCode::kOutOfMemory);
  DecodedSubtitle decoded;
  int complete = 0;
  const int used = avcodec_decode_subtitle2(decoder_.get(), &decoded.subtitle, &complete, writable.get());
  if (used < 0) log_warning("a damaged subtitle was left out: " + libav_message(used));
  if (used < 0 || !complete || decoded.subtitle.num_rects == 0) return nullptr;

  AVSubtitle& subtitle = decoded.subtitle;
  subtitle.end_display_time -= subtitle.start_display_time;
  subtitle.start_display_time = 0;  // the packet's stamp says when
  std::vector<std::uint8_t> text(kLongestEvent);
  const int size = avcodec_encode_subtitle(encoder_.get(), text.data(), static_cast<int>(text.size()), &subtitle);
  if (size < 0) log_warning("a subtitle could not be converted and was left out: " + libav_message(size));
  if (size <= 0) return nullptr;

  PacketPtr converted = new_packet();
  check_libav(av_new_packet(converted.get(), size), "converting subtitles", ExitCode::kOutOfMemory);
  std::memcpy(converted->data, text.data(), static_cast<std::size_t>(size));
  check_libav(av_packet_copy_props(converted.get(), &packet), "converting subtitles", ExitCode::kOutOfMemory);
  converted->flags |= AV_PKT_FLAG_KEY;
  return converted;
}

}  // namespace reelface
