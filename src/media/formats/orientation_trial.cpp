// SPDX-License-Identifier: Apache-2.0
#include "media/formats/orientation_trial.h"

#include <array>
#include <cstring>
#include <vector>

#include "media/libav/byte_stream.h"
#include "media/libav/compat.h"
#include "media/libav/display_matrix.h"

extern "C" {
#include <libavutil/display.h>
}

namespace reelface {
namespace {

using Matrix = std::array<std::int32_t, 9>;

Matrix quarter_turn() {
  Matrix matrix{};
  av_display_rotation_set(matrix.data(), 90);
  return matrix;
}

DisplayOrientation orientation(const void* matrix, std::size_t size) {
  return orientation_from_matrix(static_cast<const std::uint8_t*>(matrix), size);
}

/// Memory that a muxer writes to.
class MemoryFile {
 public:
  MemoryFile() { avio_open_dyn_buf(&io_); }
  ~MemoryFile() { close(); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  AVIOContext* io() const { return io_; }

  std::vector<std::uint8_t> close() {
    if (!io_) return {};
    std::uint8_t* bytes = nullptr;
    const int size = avio_close_dyn_buf(io_, &bytes);
    io_ = nullptr;
    std::vector<std::uint8_t> result(bytes, bytes + size);
    av_free(bytes);
    return result;
  }

 private:
  AVIOContext* io_ = nullptr;
};

/// Some muxers leave a stream out that has no packet. What is in it is never decoded.
bool write_a_packet(AVFormatContext& format) {
  const PacketPtr packet(av_packet_alloc());
  if (!packet || av_new_packet(packet.get(), 16) < 0) return false;
  std::memset(packet->data, 0, 16);
  packet->pts = packet->dts = 0;
  packet->duration = 1;
  packet->flags = AV_PKT_FLAG_KEY;
  return av_interleaved_write_frame(&format, packet.get()) >= 0;
}

/// A file of one packet whose video is turned by a quarter; empty where the muxer refuses.
std::vector<std::uint8_t> turned_file(const AVOutputFormat& format, AVCodecID codec) {
  AVFormatContext* made = nullptr;
  if (avformat_alloc_output_context2(&made, &format, nullptr, nullptr) < 0) return {};
  const OutputFormatPtr context(made);
  AVStream* stream = avformat_new_stream(made, nullptr);
  std::uint8_t* matrix = stream ? new_stream_side_data(*stream, AV_PKT_DATA_DISPLAYMATRIX, sizeof(Matrix)) : nullptr;
  if (!matrix) return {};
  std::memcpy(matrix, quarter_turn().data(), sizeof(Matrix));
  stream->codecpar->codec_type = AVMEDIA_TYPE_VIDEO;
  stream->codecpar->codec_id = codec;
  stream->codecpar->width = stream->codecpar->height = 16;
  stream->time_base = {1, 25};
  MemoryFile file;
  made->pb = file.io();
  const bool written =
      made->pb && avformat_write_header(made, nullptr) >= 0 && write_a_packet(*made) && av_write_trailer(made) >= 0;
  std::vector<std::uint8_t> bytes = file.close();
  return written ? bytes : std::vector<std::uint8_t>();
}

bool is_turned(std::vector<std::uint8_t> bytes) {
  if (bytes.empty()) return false;
  const ByteStream stream(bytes_in_memory(std::move(bytes)));
  AVFormatContext* opened = avformat_alloc_context();
  if (!opened) return false;
  stream.be_only_file_of(*opened);
  if (avformat_open_input(&opened, nullptr, nullptr, nullptr) < 0) return false;  // it has freed the context
  const InputFormatPtr context(opened);
  if (opened->nb_streams == 0) return false;
  const SideDataView matrix = stream_side_data(*opened->streams[0], AV_PKT_DATA_DISPLAYMATRIX);
  const Matrix written = quarter_turn();
  return orientation(matrix.data, matrix.size).quarter_turns_clockwise ==
         orientation(written.data(), sizeof written).quarter_turns_clockwise;
}

}  // namespace

bool keeps_orientation(const AVOutputFormat& format, AVCodecID codec) {
  return is_turned(turned_file(format, codec));
}

}  // namespace reelface
