// SPDX-License-Identifier: Apache-2.0
#pragma once

// What differs between FFmpeg 4.4 and 9 and is used by us, spelled once. Nothing else in the folder looks at libav's
// version numbers.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "media/libav/ptr.h"

#if LIBAVFORMAT_VERSION_MAJOR >= 59
#define REELFACE_LIBAV_CONST const  ///< AVCodec and AVInputFormat are handed out as const since 5.0
#else
#define REELFACE_LIBAV_CONST
#endif

namespace reelface {

using CodecHandle = REELFACE_LIBAV_CONST AVCodec*;
using InputFormatHandle = REELFACE_LIBAV_CONST AVInputFormat*;

#if LIBAVFORMAT_VERSION_MAJOR >= 61
using AvioWriteByte = const std::uint8_t;  ///< what an AVIOContext's write callback gets a pointer to
#else
using AvioWriteByte = std::uint8_t;
#endif

#if LIBAVCODEC_VERSION_MAJOR >= 61
constexpr int kUnknownProfile = AV_PROFILE_UNKNOWN;
#else
constexpr int kUnknownProfile = FF_PROFILE_UNKNOWN;
#endif

/// Duration in ticks of the frame's time base; 0 = unknown.
std::int64_t frame_duration(const AVFrame& frame);
void set_frame_duration(AVFrame& frame, std::int64_t duration);

bool is_key_frame(const AVFrame& frame);
bool is_interlaced(const AVFrame& frame);
bool is_top_field_first(const AVFrame& frame);
void set_field_order(AVFrame& frame, bool interlaced, bool top_field_first);

/// Bytes that belong to the stream; data is null when there are none of that type.
struct SideDataView {
  const std::uint8_t* data = nullptr;
  std::size_t size = 0;
};
SideDataView stream_side_data(const AVStream& stream, AVPacketSideDataType type);

/// Zero-filled side data of a stream that is being set up for writing; null when memory is short.
std::uint8_t* new_stream_side_data(AVStream& stream, AVPacketSideDataType type, std::size_t size);

/// Gives the output stream all side data of the input stream.
void copy_all_side_data(AVStream& to, const AVStream& from);

/// Our callbacks may be called from the decoder's threads; since 6.0 that goes without saying.
void allow_threaded_callbacks(AVCodecContext& context);

/// Pixel formats an encoder takes; empty = it does not say.
std::vector<AVPixelFormat> encoder_pixel_formats(const AVCodec& codec);

}  // namespace reelface
