// SPDX-License-Identifier: Apache-2.0
#include "media/decode/video_decoder.h"

extern "C" {
#include <libavutil/hwcontext.h>
}

#include <algorithm>
#include <cstring>
#include <new>

#include "media/formats/known_codecs.h"
#include "media/libav/error.h"
#include "media/libav/frame_storage.h"

namespace reelface {
namespace {

// A decoder that fails so often without giving or taking anything will not come back.
constexpr int kMostRefusalsInARow = 64;

/// libav's own VP8 and VP9 decoders leave transparency out; libvpx keeps it.
CodecHandle find_decoder(AVCodecID codec, const AVStream& stream) {
  const AVDictionaryEntry* alpha = av_dict_get(stream.metadata, "alpha_mode", nullptr, 0);
  if (alpha && std::strcmp(alpha->value, "1") == 0) {
    const char* name = codec == AV_CODEC_ID_VP9 ? "libvpx-vp9" : codec == AV_CODEC_ID_VP8 ? "libvpx" : "";
    if (CodecHandle decoder = avcodec_find_decoder_by_name(name)) return decoder;
  }
  return avcodec_find_decoder(codec);
}

AVPixelFormat prefer_hardware(AVCodecContext* context, const AVPixelFormat* offered) {
  const auto wanted = *static_cast<const AVPixelFormat*>(context->opaque);
  for (const AVPixelFormat* format = offered; *format != AV_PIX_FMT_NONE; ++format) {
    if (*format == wanted) return *format;
  }
  return avcodec_default_get_format(context, offered);
}

bool is_from_hardware(const AVFrame& frame) {
  return frame.hw_frames_ctx != nullptr;
}

}  // namespace

VideoDecoder::VideoDecoder(const AVCodecParameters& parameters, const AVStream& stream,
                           const DecoderSettings& settings) {
  if (!settings.any_codec) require_known_codec(parameters.codec_id, "the video");
  const CodecHandle decoder = find_decoder(parameters.codec_id, stream);
  if (!decoder) {
    throw Error(ExitCode::kInputUnreadable,
                std::string("no decoder for the video's codec '") + avcodec_get_name(parameters.codec_id) + "'",
                "convert the input with a program that knows it, for example to .mkv with FFV1");
  }
  context_.reset(avcodec_alloc_context3(decoder));
  if (!context_) throw std::bad_alloc();
  check_libav(avcodec_parameters_to_context(context_.get(), &parameters), "reading the video's parameters",
              ExitCode::kInputUnreadable);
  context_->pkt_timebase = stream.time_base;
  context_->max_pixels = settings.max_pixels;
  device_ = open_hardware_device(settings.hardware_acceleration, *decoder);
  context_->thread_count = device_ ? 1 : std::max(1, settings.threads);
  context_->thread_type = FF_THREAD_FRAME | FF_THREAD_SLICE;
  if (device_) {
    context_->hw_device_ctx = av_buffer_ref(device_.context.get());
    context_->opaque = &device_.format;
    context_->get_format = prefer_hardware;
  } else {
    concealment_.attach(*context_);
  }
  check_libav(avcodec_open2(context_.get(), decoder, nullptr), std::string("opening the decoder ") + decoder->name,
              ExitCode::kInputUnreadable);
}

void VideoDecoder::send(const AVPacket* packet) {
  // An empty packet means "the end" to libav, but "nothing new" to the containers that have them.
  if (packet && packet->size == 0) return;
  const int result = avcodec_send_packet(context_.get(), packet);
  if (result >= 0 || result == AVERROR_EOF) return;
  if (result == AVERROR(ENOMEM)) throw std::bad_alloc();
  ++refused_;
}

FramePtr VideoDecoder::receive() {
  FramePtr frame = new_frame();
  while (true) {
    const int result = avcodec_receive_frame(context_.get(), frame.get());
    if (result >= 0) break;
    if (result == AVERROR(EAGAIN) || result == AVERROR_EOF) return nullptr;
    if (result == AVERROR(ENOMEM)) throw std::bad_alloc();
    ++refused_;
    if (++refused_in_a_row_ > kMostRefusalsInARow) return nullptr;
  }
  refused_in_a_row_ = 0;
  drop_unknown_colours(*frame);
  if (!device_) ConcealmentWatch::settle(*frame);
  return is_from_hardware(*frame) ? download_frame(*frame) : std::move(frame);
}

void VideoDecoder::restart() {
  avcodec_flush_buffers(context_.get());
}

}  // namespace reelface
