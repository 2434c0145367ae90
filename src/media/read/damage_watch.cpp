// SPDX-License-Identifier: Apache-2.0
#include "media/read/damage_watch.h"

#include <algorithm>
#include <cstring>

#include "media/headers/gif_blocks.h"

namespace reelface {
namespace {

// Containers round durations, and the last packet's own is often unknown.
constexpr double kToleratedSeconds = 0.25;

constexpr int kLongAgo = 1000;  // packets

double duration_seconds(std::int64_t ticks, AVRational time_base) {
  return ticks == AV_NOPTS_VALUE || ticks <= 0 ? 0 : static_cast<double>(ticks) * av_q2d(time_base);
}

/// Whether the header's durations were written by someone who knew. AVI counts frames that are not there (x264 with
/// B-frames doubles them), and what libav estimates from the last stamps cannot miss anything.
bool announces_duration(const AVFormatContext& format) {
  return format.duration_estimation_method == AVFMT_DURATION_FROM_STREAM &&
         std::strcmp(format.iformat->name, "avi") != 0;
}

/// What libav does not tell.
bool has_hole(const AVPacket& packet, const AVCodecParameters& parameters) {
  return parameters.codec_id == AV_CODEC_ID_GIF &&
         !is_made_of_gif_blocks(packet.data, static_cast<std::size_t>(packet.size));
}

}  // namespace

DamageWatch::DamageWatch(PacketSource& source) : source_(source) {
  const AVFormatContext& format = source.format();
  if (!announces_duration(format)) return;
  const AVStream& video = *format.streams[source.video_stream()];
  announced_seconds_ = duration_seconds(format.duration, {1, AV_TIME_BASE});
  // Some programs write the end's time as the duration, others the distance from the start.
  possible_start_seconds_ = duration_seconds(format.start_time, {1, AV_TIME_BASE});
  announced_video_seconds_ = duration_seconds(video.duration, video.time_base);
}

void DamageWatch::see_packet(const AVPacket& packet, AVRational time_base, bool is_video, bool is_behind_seam) {
  const auto stream = static_cast<std::size_t>(packet.stream_index);
  if (stream >= packets_since_corrupt_.size()) packets_since_corrupt_.resize(stream + 1, kLongAgo);
  int& since = packets_since_corrupt_[stream];
  if (since < kLongAgo) ++since;
  // Where recordings meet, counters in the container jump, and the demuxer suspects the packet it is just putting
  // together; parsing delays that by two more.
  constexpr int kSuspects = 3;
  if (is_behind_seam && since <= kSuspects) {
    --counts_.corrupt_packets;
    since = kLongAgo;
  }
  if ((packet.flags & AV_PKT_FLAG_CORRUPT) != 0 || (is_video && has_hole(packet, source_.video_parameters()))) {
    ++counts_.corrupt_packets;
    since = 0;
  }
  const std::int64_t start = packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
  if (start == AV_NOPTS_VALUE) return;
  const double end = (static_cast<double>(start) + static_cast<double>(std::max<std::int64_t>(packet.duration, 0))) *
                     av_q2d(time_base);
  last_end_seconds_ = std::max(last_end_seconds_, end);
  if (is_video) last_video_end_seconds_ = std::max(last_video_end_seconds_, end);
}

void DamageWatch::see_frame(const AVFrame& frame) {
  ++counts_.decoded_frames;
  if ((frame.flags & AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags != 0) ++counts_.damaged_frames;
}

double DamageWatch::missing_seconds() const {
  double missing = 0;
  if (announced_seconds_ > 0) missing = announced_seconds_ - last_end_seconds_ - possible_start_seconds_;
  if (announced_video_seconds_ > 0)
    missing = std::max(missing, announced_video_seconds_ - last_video_end_seconds_ - possible_start_seconds_);
  return missing > kToleratedSeconds ? missing : 0;
}

DamageReport DamageWatch::report(bool reached_end) const {
  DamageReport report = counts_;
  report.container_warnings = source_.warnings();
  if (reached_end) report.missing_seconds = missing_seconds();
  return report;
}

}  // namespace reelface
