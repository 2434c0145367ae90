// SPDX-License-Identifier: Apache-2.0
#pragma once

// Every libav object the media layer owns has its owner here. The deleters call libav's own free functions, which take
// either T** or T*.
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavformat/avformat.h>
#include <libavutil/buffer.h>
#include <libavutil/dict.h>
#include <libswscale/swscale.h>
}

#include <memory>
#include <type_traits>

namespace reelface {

template <auto free_function>
struct LibavDeleter {
  template <class T>
  void operator()(T* object) const {
    if constexpr (std::is_invocable_v<decltype(free_function), T**>) {
      free_function(&object);
    } else {
      free_function(object);
    }
  }
};

template <class T, auto free_function>
using LibavPtr = std::unique_ptr<T, LibavDeleter<free_function>>;

using InputFormatPtr = LibavPtr<AVFormatContext, avformat_close_input>;
using OutputFormatPtr = LibavPtr<AVFormatContext, avformat_free_context>;  // its AVIOContext has an owner of its own
using CodecContextPtr = LibavPtr<AVCodecContext, avcodec_free_context>;
using CodecParametersPtr = LibavPtr<AVCodecParameters, avcodec_parameters_free>;
using FramePtr = LibavPtr<AVFrame, av_frame_free>;
using PacketPtr = LibavPtr<AVPacket, av_packet_free>;
using FilterGraphPtr = LibavPtr<AVFilterGraph, avfilter_graph_free>;
using ScalerPtr = LibavPtr<SwsContext, sws_freeContext>;
using BufferRefPtr = LibavPtr<AVBufferRef, av_buffer_unref>;

/// A dictionary for the libav calls that take AVDictionary** and eat what they understood.
class Dictionary {
 public:
  Dictionary() = default;
  ~Dictionary() { av_dict_free(&entries_); }
  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;

  void set(const char* key, const char* value) { av_dict_set(&entries_, key, value, 0); }
  AVDictionary** address() { return &entries_; }
  const AVDictionary* get() const { return entries_; }

 private:
  AVDictionary* entries_ = nullptr;
};

}  // namespace reelface
