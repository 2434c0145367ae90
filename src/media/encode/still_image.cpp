// SPDX-License-Identifier: Apache-2.0
#include "media/encode/still_image.h"

#include <algorithm>
#include <new>
#include <string>

#include "media/libav/error.h"
#include "media/libav/ptr.h"

namespace reelface {
namespace {

FramePtr full_range_frame(RgbView8 picture) {
  FramePtr frame(av_frame_alloc());
  if (!frame) throw std::bad_alloc();
  frame->format = AV_PIX_FMT_YUVJ444P;
  frame->width = picture.width;
  frame->height = picture.height;
  frame->color_range = AVCOL_RANGE_JPEG;
  frame->pts = 0;
  check_libav(av_frame_get_buffer(frame.get(), 0), "making room for a picture", ExitCode::kOutOfMemory);
  // JFIF's own matrix, in 16-bit fixed point.
  for (int y = 0; y < picture.height; ++y) {
    const std::uint8_t* pixel = picture.samples + y * picture.row_stride;
    for (int x = 0; x < picture.width; ++x, pixel += 3) {
      const int r = pixel[0], g = pixel[1], b = pixel[2];
      const auto code = [](int sum) { return static_cast<std::uint8_t>(std::clamp((sum + 32768) >> 16, 0, 255)); };
      frame->data[0][y * frame->linesize[0] + x] = code(19595 * r + 38470 * g + 7471 * b);
      frame->data[1][y * frame->linesize[1] + x] = code(-11058 * r - 21710 * g + 32768 * b + (128 << 16));
      frame->data[2][y * frame->linesize[2] + x] = code(32768 * r - 27439 * g - 5329 * b + (128 << 16));
    }
  }
  return frame;
}

CodecContextPtr jpeg_encoder(RgbView8 picture, int quality) {
  const auto* codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
  if (!codec) throw Error(ExitCode::kOutputUnwritable, "this libavcodec has no JPEG encoder", "install a full FFmpeg");
  CodecContextPtr context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  context->width = picture.width;
  context->height = picture.height;
  context->pix_fmt = AV_PIX_FMT_YUVJ444P;
  context->color_range = AVCOL_RANGE_JPEG;
  context->time_base = {1, 25};
  context->thread_count = 1;
  context->flags |= AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT;
  // libav's scale runs from 2 (best) to 31.
  context->global_quality = FF_QP2LAMBDA * (2 + (100 - std::clamp(quality, 1, 100)) * 29 / 99);
  check_libav(avcodec_open2(context.get(), codec, nullptr), "opening the JPEG encoder", ExitCode::kOutputUnwritable);
  return context;
}

FramePtr rgb_frame(RgbView8 picture) {
  FramePtr frame(av_frame_alloc());
  if (!frame) throw std::bad_alloc();
  frame->format = AV_PIX_FMT_RGB24;
  frame->width = picture.width;
  frame->height = picture.height;
  frame->pts = 0;
  check_libav(av_frame_get_buffer(frame.get(), 0), "making room for a picture", ExitCode::kOutOfMemory);
  for (int y = 0; y < picture.height; ++y)
    std::copy_n(picture.samples + y * picture.row_stride, std::ptrdiff_t{3} * picture.width,
                frame->data[0] + std::ptrdiff_t{y} * frame->linesize[0]);
  return frame;
}

CodecContextPtr png_encoder(RgbView8 picture) {
  const auto* codec = avcodec_find_encoder(AV_CODEC_ID_PNG);
  if (!codec) throw Error(ExitCode::kOutputUnwritable, "this libavcodec has no PNG encoder", "install a full FFmpeg");
  CodecContextPtr context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  context->width = picture.width;
  context->height = picture.height;
  context->pix_fmt = AV_PIX_FMT_RGB24;
  context->time_base = {1, 25};
  context->thread_count = 1;
  context->compression_level = 1;
  context->flags |= AV_CODEC_FLAG_BITEXACT;
  check_libav(avcodec_open2(context.get(), codec, nullptr), "opening the PNG encoder", ExitCode::kOutputUnwritable);
  return context;
}

/// The one packet that becomes of one frame.
std::vector<std::uint8_t> encoded(AVCodecContext& encoder, const AVFrame& frame, const char* doing) {
  const PacketPtr packet(av_packet_alloc());
  if (!packet) throw std::bad_alloc();
  check_libav(avcodec_send_frame(&encoder, &frame), doing, ExitCode::kOutputUnwritable);
  check_libav(avcodec_send_frame(&encoder, nullptr), doing, ExitCode::kOutputUnwritable);
  check_libav(avcodec_receive_packet(&encoder, packet.get()), doing, ExitCode::kOutputUnwritable);
  return {packet->data, packet->data + packet->size};
}

void check_size(RgbView8 picture, const char* format) {
  constexpr int kLongestSide = 65500;  // JPEG's limit, and more than any frame has
  if (picture.width >= 1 && picture.height >= 1 && picture.width <= kLongestSide && picture.height <= kLongestSide)
    return;
  throw Error(ExitCode::kUsage, std::string("a picture of this size does not fit into a ") + format + " file");
}

}  // namespace

std::vector<std::uint8_t> encode_jpeg(RgbView8 picture, int quality) {
  check_size(picture, "JPEG");
  const CodecContextPtr encoder = jpeg_encoder(picture, quality);
  const FramePtr frame = full_range_frame(picture);
  frame->quality = encoder->global_quality;
  return encoded(*encoder, *frame, "encoding a JPEG picture");
}

std::vector<std::uint8_t> encode_png(RgbView8 picture) {
  check_size(picture, "PNG");
  const CodecContextPtr encoder = png_encoder(picture);
  return encoded(*encoder, *rgb_frame(picture), "encoding a PNG picture");
}

}  // namespace reelface
