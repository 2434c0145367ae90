// SPDX-License-Identifier: Apache-2.0
#include "media/write/output_check.h"

#include <memory>
#include <new>

#include "media/formats/container_rules.h"
#include "media/formats/known_codecs.h"
#include "media/libav/byte_stream.h"
#include "media/libav/compat.h"
#include "media/libav/error.h"
#include "media/libav/frame_storage.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr double kPatienceSeconds = 60;
constexpr const char* kAdvice = "run again, and check the disk if it happens again";

[[noreturn]] void fail(const std::string& path, const std::string& what) {
  throw Error(ExitCode::kOutputUnwritable, "the finished file " + printable(path) + " is not sound: " + what, kAdvice);
}

/// Nothing is known of a file then, neither good nor bad.
void require_memory(const std::string& path, int result) {
  if (result == AVERROR(ENOMEM))
    throw Error(ExitCode::kOutOfMemory, "not enough memory to check the finished file " + printable(path));
}

/// How libav names the reader of a container whose own index tells the count of packets as we wrote them; null for
/// the others.
const char* checkable_demuxer(const AVOutputFormat& format) {
  switch (ContainerRules(&format).family()) {
    case ContainerRules::Family::kMatroska:
    case ContainerRules::Family::kWebm:
      return "matroska";
    case ContainerRules::Family::kMp4:
    case ContainerRules::Family::kMov:
      return "mov";
    case ContainerRules::Family::kAvi:
      return "avi";
    default:
      return nullptr;
  }
}

/// The file as libav sees it through our own bytes: recognised by its contents, as this kind of container only.
class FinishedFile {
 public:
  FinishedFile(const std::string& path, const char* demuxer)
      : bytes_(open_bytes(path, watch_)), format_(avformat_alloc_context()) {
    if (!format_) throw std::bad_alloc();
    bytes_.be_only_file_of(*format_);
    Dictionary options;
    options.set("format_whitelist", demuxer);
    options.set("codec_whitelist", decoder_whitelist().c_str());
    AVFormatContext* opened = format_.release();
    result_ = avformat_open_input(&opened, "output", nullptr, options.address());  // frees it on failure
    format_.reset(opened);
  }

  int result() const { return result_; }
  AVFormatContext& format() const { return *format_; }

 private:
  StallWatch watch_{kPatienceSeconds, nullptr};
  ByteStream bytes_;  // outlives the format, which reads from it until it is closed
  InputFormatPtr format_;
  int result_ = 0;
};

std::unique_ptr<FinishedFile> open_finished(const std::string& path, const char* demuxer) {
  try {
    return std::make_unique<FinishedFile>(path, demuxer);
  } catch (const Error& error) {  // it speaks of an input
    fail(path, error.what());
  }
}

void check_streams(const std::string& path, const AVFormatContext& file, const OutputExpectation& expected) {
  if (file.nb_streams < expected.streams)
    fail(path, "it has " + std::to_string(file.nb_streams) + " of " + std::to_string(expected.streams) + " streams");
  const AVCodecID found = file.streams[expected.video_stream]->codecpar->codec_id;
  if (found != expected.video_codec)
    fail(path, "its video is taken for " + codec_name(found) + " instead of " + codec_name(expected.video_codec));
}

std::int64_t count_video_packets(const std::string& path, AVFormatContext& file, int video_stream) {
  for (unsigned i = 0; i < file.nb_streams; ++i)
    if (static_cast<int>(i) != video_stream) file.streams[i]->discard = AVDISCARD_ALL;
  const PacketPtr packet = new_packet();
  std::int64_t packets = 0;
  int result = 0;
  while ((result = av_read_frame(&file, packet.get())) >= 0) {
    packets += packet->stream_index == video_stream;
    av_packet_unref(packet.get());
  }
  require_memory(path, result);
  return packets;
}

}  // namespace

void check_output(const std::string& path, const AVOutputFormat& format, const OutputExpectation& expected) {
  const char* const demuxer = checkable_demuxer(format);
  if (!demuxer) return;
  const std::unique_ptr<FinishedFile> file = open_finished(path, demuxer);
  require_memory(path, file->result());
  // A file of nothing but a header does not open, and nothing is missing from it.
  if (file->result() < 0 && expected.video_packets == 0) return;
  if (file->result() < 0) fail(path, libav_message(file->result()));
  check_streams(path, file->format(), expected);
  const std::int64_t packets = count_video_packets(path, file->format(), expected.video_stream);
  if (packets != expected.video_packets)
    fail(path,
         std::to_string(packets) + " of " + std::to_string(expected.video_packets) + " pictures can be read back");
}

}  // namespace reelface
