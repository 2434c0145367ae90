#include "media/output_check.h"

#include "media/container_rules.h"
#include "media/libav_compat.h"
#include "media/libav_error.h"
#include "media/libav_frame_storage.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr const char* kAdvice = "run again, and check the disk if it happens again";

[[noreturn]] void fail(const std::string& path, const std::string& what) {
  throw Error(ExitCode::kOutputUnwritable, "the finished file " + printable(path) + " is not sound: " + what, kAdvice);
}

/// Containers whose own index tells the count of packets as we wrote them.
bool counts_agree(const AVOutputFormat& format) {
  switch (ContainerRules(&format).family()) {
    case ContainerRules::Family::kMatroska:
    case ContainerRules::Family::kWebm:
    case ContainerRules::Family::kMp4:
    case ContainerRules::Family::kMov:
    case ContainerRules::Family::kAvi:
      return true;
    default:
      return false;
  }
}

}  // namespace

void check_output(const std::string& path, const AVOutputFormat& format, const OutputExpectation& expected) {
  if (!counts_agree(format)) return;
  AVFormatContext* opened = nullptr;
  const int result = avformat_open_input(&opened, ("file:" + path).c_str(), nullptr, nullptr);
  // A file of nothing but a header does not open, and nothing is missing from it.
  if (result < 0 && expected.video_packets == 0) return;
  if (result < 0) fail(path, libav_message(result));
  const InputFormatPtr file(opened);
  if (file->nb_streams < expected.streams)
    fail(path, "it has " + std::to_string(file->nb_streams) + " of " + std::to_string(expected.streams) + " streams");
  const AVCodecID found = file->streams[expected.video_stream]->codecpar->codec_id;
  if (found != expected.video_codec)
    fail(path, "its video is taken for " + codec_name(found) + " instead of " + codec_name(expected.video_codec));
  for (unsigned i = 0; i < file->nb_streams; ++i)
    if (static_cast<int>(i) != expected.video_stream) file->streams[i]->discard = AVDISCARD_ALL;
  const PacketPtr packet = new_packet();
  std::int64_t packets = 0;
  while (av_read_frame(file.get(), packet.get()) >= 0) {
    packets += packet->stream_index == expected.video_stream;
    av_packet_unref(packet.get());
  }
  if (packets != expected.video_packets)
    fail(path,
         std::to_string(packets) + " of " + std::to_string(expected.video_packets) + " pictures can be read back");
}

}  // namespace reelface
