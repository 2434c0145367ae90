// SPDX-License-Identifier: Apache-2.0
#include "media/libav/compat.h"

#include <cstring>
#include <new>

namespace reelface {

// Version numbers of the libraries at the change, from doc/APIchanges.
#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(57, 30, 100)
std::int64_t frame_duration(const AVFrame& frame) {
  return frame.duration;
}
void set_frame_duration(AVFrame& frame, std::int64_t duration) {
  frame.duration = duration;
}
#else
std::int64_t frame_duration(const AVFrame& frame) {
  return frame.pkt_duration;
}
void set_frame_duration(AVFrame& frame, std::int64_t duration) {
  frame.pkt_duration = duration;
}
#endif

#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(58, 7, 100)
namespace {
void set_flag(AVFrame& frame, int flag, bool on) {
  frame.flags = on ? frame.flags | flag : frame.flags & ~flag;
}
}  // namespace
bool is_key_frame(const AVFrame& frame) {
  return (frame.flags & AV_FRAME_FLAG_KEY) != 0;
}
bool is_interlaced(const AVFrame& frame) {
  return (frame.flags & AV_FRAME_FLAG_INTERLACED) != 0;
}
bool is_top_field_first(const AVFrame& frame) {
  return (frame.flags & AV_FRAME_FLAG_TOP_FIELD_FIRST) != 0;
}
void set_field_order(AVFrame& frame, bool interlaced, bool top_field_first) {
  set_flag(frame, AV_FRAME_FLAG_INTERLACED, interlaced);
  set_flag(frame, AV_FRAME_FLAG_TOP_FIELD_FIRST, top_field_first);
}
#else
bool is_key_frame(const AVFrame& frame) {
  return frame.key_frame != 0;
}
bool is_interlaced(const AVFrame& frame) {
  return frame.interlaced_frame != 0;
}
bool is_top_field_first(const AVFrame& frame) {
  return frame.top_field_first != 0;
}
void set_field_order(AVFrame& frame, bool interlaced, bool top_field_first) {
  frame.interlaced_frame = interlaced;
  frame.top_field_first = top_field_first;
}
#endif

#if LIBAVFORMAT_VERSION_INT >= AV_VERSION_INT(60, 15, 100)
SideDataView stream_side_data(const AVStream& stream, AVPacketSideDataType type) {
  const AVPacketSideData* found =
      av_packet_side_data_get(stream.codecpar->coded_side_data, stream.codecpar->nb_coded_side_data, type);
  return found ? SideDataView{found->data, found->size} : SideDataView{};
}

std::uint8_t* new_stream_side_data(AVStream& stream, AVPacketSideDataType type, std::size_t size) {
  AVPacketSideData* made =
      av_packet_side_data_new(&stream.codecpar->coded_side_data, &stream.codecpar->nb_coded_side_data, type, size, 0);
  return made ? made->data : nullptr;
}

void copy_all_side_data(AVStream&, const AVStream&) {}  // avcodec_parameters_copy() has done it
#else
SideDataView stream_side_data(const AVStream& stream, AVPacketSideDataType type) {
#if LIBAVFORMAT_VERSION_MAJOR >= 59
  std::size_t size = 0;
#else
  int size = 0;
#endif
  const std::uint8_t* data = av_stream_get_side_data(&stream, type, &size);
  return {data, data ? static_cast<std::size_t>(size) : 0};
}

std::uint8_t* new_stream_side_data(AVStream& stream, AVPacketSideDataType type, std::size_t size) {
#if LIBAVFORMAT_VERSION_MAJOR >= 59
  return av_stream_new_side_data(&stream, type, size);
#else
  return av_stream_new_side_data(&stream, type, static_cast<int>(size));
#endif
}

void copy_all_side_data(AVStream& to, const AVStream& from) {
  for (int i = 0; i < from.nb_side_data; ++i) {
    const AVPacketSideData& bytes = from.side_data[i];
    std::uint8_t* copy = new_stream_side_data(to, bytes.type, bytes.size);
    if (!copy) throw std::bad_alloc();
    std::memcpy(copy, bytes.data, bytes.size);
  }
}
#endif

#if LIBAVCODEC_VERSION_MAJOR < 60
void allow_threaded_callbacks(AVCodecContext& context) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"  // deprecated, and still off when not set
  context.thread_safe_callbacks = 1;
#pragma GCC diagnostic pop
}
#else
void allow_threaded_callbacks(AVCodecContext&) {}
#endif

std::vector<AVPixelFormat> encoder_pixel_formats(const AVCodec& codec) {
  std::vector<AVPixelFormat> formats;
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(61, 13, 100)
  const void* found = nullptr;
  int count = 0;
  if (avcodec_get_supported_config(nullptr, &codec, AV_CODEC_CONFIG_PIX_FORMAT, 0, &found, &count) < 0) return formats;
  const auto* first = static_cast<const AVPixelFormat*>(found);
  if (first) formats.assign(first, first + count);
#else
  for (const AVPixelFormat* format = codec.pix_fmts; format && *format != AV_PIX_FMT_NONE; ++format) {
    formats.push_back(*format);
  }
#endif
  return formats;
}

}  // namespace reelface
