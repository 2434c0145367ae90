// SPDX-License-Identifier: Apache-2.0
#include "media/write/muxer.h"

extern "C" {
#include <libavutil/mathematics.h>
#include <libavutil/mem.h>
}

#include <algorithm>
#include <cerrno>
#include <new>
#include <utility>

#include "media/libav/compat.h"
#include "media/libav/error.h"
#include "media/libav/stamps.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr int kMuxerBufferBytes = 256 * 1024;

int write_bytes(void* opaque, AvioWriteByte* data, int size) {
  const int result = static_cast<FileOutput*>(opaque)->write_all(data, static_cast<std::size_t>(size));
  return result < 0 ? result : size;
}

std::int64_t seek_bytes(void* opaque, std::int64_t offset, int whence) {
  auto& file = *static_cast<FileOutput*>(opaque);
  if (whence & AVSEEK_SIZE) return file.size();
  return file.seek(offset, whence & ~AVSEEK_FORCE);
}

/// A header that libav refuses because of what is in it, not because of the disk.
[[noreturn]] void refuse_header(const OutputStreams& streams, int error_number) {
  throw Error(ExitCode::kUsage,
              std::string(streams.format->oformat->name) + " refuses these streams: " + libav_message(error_number),
              "write to a .mkv file");
}

void refuse_leftovers(const Dictionary& options) {
  // These are ours, and an older or newer libav may not know them.
  for (const AVDictionaryEntry* entry = av_dict_get(options.get(), "", nullptr, AV_DICT_IGNORE_SUFFIX); entry;
       entry = av_dict_get(options.get(), "", entry, AV_DICT_IGNORE_SUFFIX)) {
    const std::string key = entry->key;
    if (key == "movie_timescale" || key == "video_track_timescale" || key == "default_mode") continue;
    throw Error(ExitCode::kUsage, "neither the encoder nor the container has an option " + printable(key),
                "see ffmpeg -h encoder=NAME for the options of -e");
  }
}

}  // namespace

OutputBytes::OutputBytes(FileOutput& file) : context_(nullptr) {
  auto* buffer = static_cast<unsigned char*>(av_malloc(kMuxerBufferBytes));
  if (!buffer) throw std::bad_alloc();
  context_ = avio_alloc_context(buffer, kMuxerBufferBytes, 1, &file, nullptr, write_bytes,
                                file.seekable() ? seek_bytes : nullptr);
  if (!context_) {
    av_free(buffer);
    throw std::bad_alloc();
  }
}

OutputBytes::~OutputBytes() {
  av_freep(&context_->buffer);
  avio_context_free(&context_);
}

Muxer::Muxer(OutputStreams streams, Dictionary& options, FileOutput& file)
    : file_(file), bytes_(file), streams_(std::move(streams)) {
  AVFormatContext& format = *streams_.format;
  format.pb = bytes_.context();
  format.flags |= AVFMT_FLAG_CUSTOM_IO;
  format.url = av_strdup(("file:" + file.name()).c_str());  // +faststart opens the file a second time to read it
  last_decoding_stamps_.assign(format.nb_streams, AV_NOPTS_VALUE);
  packets_.assign(format.nb_streams, 0);
  const int result = avformat_write_header(&format, options.address());
  if (result < 0) {
    file_.throw_if_failed();
    refuse_header(streams_, result);
  }
  refuse_leftovers(options);
}

void Muxer::repair_stamps(AVPacket& packet, std::size_t output_stream) {
  std::int64_t& last = last_decoding_stamps_[output_stream];
  const AVFormatContext& format = *streams_.format;
  const bool is_video = format.streams[output_stream]->codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
  if (packet.dts == AV_NOPTS_VALUE && !is_video) packet.dts = packet.pts;
  if (packet.pts == AV_NOPTS_VALUE && !is_video) packet.pts = packet.dts;
  if (packet.dts == AV_NOPTS_VALUE) return;
  const std::int64_t step = format.oformat->flags & AVFMT_TS_NONSTRICT ? 0 : 1;
  if (last != AV_NOPTS_VALUE && packet.dts < last + step) {
    packet.dts = last + step;
    if (packet.pts != AV_NOPTS_VALUE) packet.pts = std::max(packet.pts, packet.dts);
  }
  last = packet.dts;
}

void Muxer::write(AVPacket& packet, AVRational time_base, int output_stream) {
  const auto index = static_cast<std::size_t>(output_stream);
  const AVRational to = streams_.format->streams[index]->time_base;
  const auto rounding = static_cast<AVRounding>(AV_ROUND_NEAR_INF | AV_ROUND_PASS_MINMAX);
  packet.pts = av_rescale_q_rnd(packet.pts, time_base, to, rounding);
  packet.dts = av_rescale_q_rnd(packet.dts, time_base, to, rounding);
  packet.duration = av_rescale_q(packet.duration, time_base, to);
  drop_garbage(packet);  // rescaling may have made some
  packet.stream_index = output_stream;
  packet.pos = -1;
  repair_stamps(packet, index);
  ++packets_[index];
  const int result = av_interleaved_write_frame(streams_.format.get(), &packet);
  if (result < 0) fail("writing to " + printable(file_.name()), result);
  file_.throw_if_failed();  // libav finds out only when its buffer is flushed the next time
}

void Muxer::finish(std::string_view behind) {
  AVFormatContext& format = *streams_.format;
  int result = av_interleaved_write_frame(&format, nullptr);
  const int trailer = av_write_trailer(&format);
  avio_flush(format.pb);
  if (result >= 0) result = trailer;
  if (result >= 0) result = format.pb->error;
  if (result < 0) fail("finishing " + printable(file_.name()), result);
  file_.throw_if_failed();
  if (behind.empty()) return;
  if (file_.seekable()) file_.seek(0, SEEK_END);  // libav may have gone back to mend the header
  file_.write(behind);
}

void Muxer::fail(const std::string& doing, int error_number) const {
  file_.throw_if_failed();
  if (error_number == AVERROR(ENOMEM)) check_libav(error_number, doing, ExitCode::kOutOfMemory);
  throw Error(ExitCode::kOutputUnwritable, doing + ": " + libav_message(error_number),
              "write to a .mkv file, which takes nearly everything");
}

int try_header(OutputStreams streams, Dictionary& options, bool seekable) {
  AVIOContext* memory = nullptr;
  check_libav(avio_open_dyn_buf(&memory), "trying the header", ExitCode::kOutOfMemory);
  memory->seekable = seekable ? AVIO_SEEKABLE_NORMAL : 0;
  streams.format->pb = memory;
  streams.format->flags |= AVFMT_FLAG_CUSTOM_IO;
  const int result = avformat_write_header(streams.format.get(), options.address());
  streams.format->pb = nullptr;
  streams.format.reset();
  std::uint8_t* bytes = nullptr;
  avio_close_dyn_buf(memory, &bytes);
  av_free(bytes);
  if (result >= 0) refuse_leftovers(options);
  return result < 0 ? result : 0;
}

}  // namespace reelface
