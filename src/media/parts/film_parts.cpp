// SPDX-License-Identifier: Apache-2.0
#include "media/parts/film_parts.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/content_digest.h"
#include "media/libav/encoded_packet.h"
#include "media/libav/error.h"
#include "media/libav/frame_storage.h"
#include "media/parts/film_part.h"
#include "media/parts/joined_video.h"
#include "media/write/container_output.h"
#include "media/write/output_paths.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

/// What every part has to begin with to be strung to the others.
std::vector<std::uint8_t> essential_headers(const std::string& codec, const std::vector<std::uint8_t>& extradata) {
  if (codec != avcodec_get_name(AV_CODEC_ID_HEVC)) return extradata;
  // x265 writes its settings, the number of threads among them, into an information message: no two machines agree.
  constexpr std::uint8_t kStartCode[] = {0, 0, 1};
  constexpr int kInformationMessage = 39;
  std::vector<std::uint8_t> kept;
  auto at = extradata.begin();
  while (at != extradata.end()) {
    const auto next = std::search(at + 1, extradata.end(), std::begin(kStartCode), std::end(kStartCode));
    const bool is_unit = std::equal(std::begin(kStartCode), std::end(kStartCode), at,
                                    at + std::min<std::ptrdiff_t>(3, extradata.end() - at));
    const int type = is_unit && extradata.end() - at > 3 ? at[3] >> 1 & 63 : -1;
    if (type != kInformationMessage) kept.insert(kept.end(), at, next);
    at = next;
  }
  return kept;
}

void check_header(const PacketFileReader& part, const PacketFileHeader& wanted) {
  const PacketFileHeader& found = part.header();
  const bool same =
      found.codec == wanted.codec && av_cmp_q(found.time_base, wanted.time_base) == 0 &&
      essential_headers(found.codec, found.extradata) == essential_headers(wanted.codec, wanted.extradata);
  if (same) return;
  throw Error(ExitCode::kInputUnreadable, "the part " + printable(part.path()) + " was encoded with other headers",
              "make it again here, with the same version of the encoder as the others");
}

std::int64_t microseconds_of(const EncodedPacket& packet) {
  const std::int64_t stamp = packet.packet->dts != AV_NOPTS_VALUE ? packet.packet->dts : packet.packet->pts;
  return stamp == AV_NOPTS_VALUE ? AV_NOPTS_VALUE : av_rescale_q(stamp, packet.time_base, kMicroseconds);
}

/// Brings the joined video and the copied packets together in the order of their times.
class Joining {
 public:
  Joining(ContainerOutput& output, JoinedVideo& video, const CancelToken* cancel)
      : output_(output), video_(video), cancel_(cancel), packet_(new_packet()) {
    advance();
  }

  void write_until(std::int64_t microseconds) {
    while (has_packet_ && (microseconds == AV_NOPTS_VALUE || next_microseconds_ <= microseconds)) {
      output_.write_ready(*packet_);
      av_packet_unref(packet_.get());
      advance();
    }
  }

 private:
  void advance() {
    if (cancel_ && cancel_->is_requested()) throw Error(ExitCode::kInterrupted, "joining was interrupted");
    has_packet_ = video_.read(*packet_);
    if (has_packet_) next_microseconds_ = av_rescale_q(packet_->dts, output_.encoder().time_base(), kMicroseconds);
  }

  ContainerOutput& output_;
  JoinedVideo& video_;
  const CancelToken* cancel_;
  PacketPtr packet_;
  bool has_packet_ = false;
  std::int64_t next_microseconds_ = 0;
};

std::vector<VideoEncoder::Stamp> stamps_of(const std::vector<FrameTime>& frames, Rational time_base,
                                           VideoEncoder& encoder) {
  std::vector<VideoEncoder::Stamp> stamps;
  stamps.reserve(frames.size());
  FrameFacts facts;
  facts.time_base = time_base;
  for (const FrameTime& frame : frames) {
    facts.pts = frame.pts;
    facts.duration = frame.duration;
    stamps.push_back(encoder.next_stamp(facts));
  }
  return stamps;
}

}  // namespace

void check_can_be_joined(const std::string& output, const WriteOptions& options) {
  const OutputTarget target = parse_output(output, options.container);
  const bool is_file = target.kind != OutputTarget::Kind::kStream && !target.is_picture();
  if (!is_file)
    throw Error(ExitCode::kUsage, "only a film in a file can be made in parts, not " + printable(output),
                "name an output file, for example out.mkv");
}

OutputDecisions decide_joined_output(const VideoReader& film, const std::string& output, const WriteOptions& options) {
  check_can_be_joined(output, options);
  WriteOptions deciding = options;
  deciding.overwrite = true;  // whether it may be replaced is asked when the film is joined
  return decide_output(film, output, deciding);
}

PacketFileHeader header_of(const VideoEncoder& encoder) {
  const AVCodecContext& context = encoder.context();
  PacketFileHeader header;
  header.codec = avcodec_get_name(context.codec_id);
  header.time_base = encoder.time_base();
  if (context.extradata_size > 0)
    header.extradata.assign(context.extradata, context.extradata + context.extradata_size);
  return header;
}

WriteSummary join_film_parts(VideoReader& film, const std::string& output, const WriteOptions& options,
                             const std::vector<std::string>& parts, const std::vector<FrameTime>& frames,
                             const CancelToken* cancel, const JoinHooks& hooks) {
  OutputDecisions decisions = decide_joined_output(film, output, options);
  check_output_paths(film.info().path, decisions.target, options.overwrite);
  const PacketFileHeader header = header_of(*decisions.encoder);
  const std::vector<VideoEncoder::Stamp> stamps = stamps_of(frames, film.info().video.time_base, *decisions.encoder);
  JoinedVideo video(parts, stamps, decisions.encoder->context().has_b_frames,
                    [&header](const PacketFileReader& part) { check_header(part, header); });
  ContainerOutput joined(std::move(decisions), film, options);
  Joining joining(joined, video, cancel);
  while (std::optional<MediaUnit> unit = film.next()) {
    for (const EncodedPacketPtr& packet : unit->packets) {
      const std::int64_t time = microseconds_of(*packet);
      if (time != AV_NOPTS_VALUE) joining.write_until(time);
      if (hooks.on_copied) hooks.on_copied(packet);
      joined.write(packet);
    }
  }
  joining.write_until(AV_NOPTS_VALUE);
  if (cancel && cancel->is_requested()) throw Error(ExitCode::kInterrupted, "joining was interrupted");
  WriteSummary summary = joined.finish(hooks.before_publishing);
  summary.frames = static_cast<std::int64_t>(frames.size());
  return summary;
}

CopiedPacketFacts facts_of(const EncodedPacketPtr& packet) {
  ContentDigest digest;
  digest.update(packet->packet->data, static_cast<std::size_t>(packet->packet->size));
  return {packet->input_stream, digest.value()};
}

}  // namespace reelface
