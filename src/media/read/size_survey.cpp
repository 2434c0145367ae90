// SPDX-License-Identifier: Apache-2.0
#include "media/read/size_survey.h"

extern "C" {
#include <libavutil/avstring.h>
}

#include <algorithm>
#include <map>
#include <optional>

#include "media/decode/frame_turner.h"
#include "media/headers/size_marks.h"
#include "media/libav/frame_storage.h"
#include "media/libav/stamps.h"
#include "media/read/media_description.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

// Recordings of calls, screens, broadcasts and discs. Others hold one size by their nature, or are cameras' and
// editors'.
constexpr const char* kContainers =
    "mov,matroska,webm,mpegts,mpegtsraw,mpeg,flv,live_flv,ivf,asf,asf_o,wtv,h264,hevc,vvc,obu,m4v,mpegvideo,mjpeg,"
    "mpjpeg";

// Encoders that write their headers anew in other words again and again are believed to change nothing else.
constexpr std::size_t kMostSizes = 64;

// Clocks jump in transport streams; in other files somebody was silent for so long.
constexpr double kLongestGap = 3600, kLongestGapOfJumpingClock = 10;

/// What one picture is like, or nothing if it cannot be decoded by itself.
struct Seen {
  PictureStretch stretch;
  DisplayOrientation orientation;
};
std::optional<Seen> look_at(PacketSource& source, const AVPacket& packet, const DecoderSettings& settings) {
  AVStream& stream = *source.format().streams[source.video_stream()];
  VideoDecoder decoder(source.video_parameters(), stream, settings);
  decoder.send(&packet);
  decoder.send(nullptr);
  const FramePtr frame = decoder.receive();
  if (!frame || frame->width <= 0 || frame->height <= 0) return std::nullopt;
  PictureStretch found;
  found.width = frame->width;
  found.height = frame->height;
  found.sample_aspect_ratio = from_libav(av_guess_sample_aspect_ratio(&source.format(), &stream, frame.get()));
  return Seen{found, orientation_of(*frame, stream_orientation(stream))};
}

class Survey {
 public:
  Survey(PacketSource& source, const DecoderSettings& settings)
      : source_(source), settings_(settings), marks_(source.video_parameters()) {
    const AVFormatContext& format = source_.format();
    longest_gap_ = (format.iformat->flags & AVFMT_TS_DISCONT) != 0 ? kLongestGapOfJumpingClock : kLongestGap;
    time_base_ = av_q2d(format.streams[source_.video_stream()]->time_base);
  }

  void see(const AVPacket& packet) {
    const SizeMark mark = marks_.see(packet);
    advance(packet);
    if (runs_.empty() || runs_.back().mark != mark.mark) begin_run(packet, mark);
  }

  SizeSurvey finish() {
    if (runs_.empty()) return {};
    end_run(seconds_ + last_step_);
    SizeSurvey result;
    for (const Run& run : runs_) add(run, result);
    std::vector<PictureStretch>& stretches = result.stretches;
    const bool is_one = std::all_of(stretches.begin(), stretches.end(), [&](const PictureStretch& stretch) {
      return is_alike(stretch, stretches.front());
    });
    if (is_one) stretches.clear();
    return result;
  }

 private:
  struct Run {
    std::uint64_t mark = 0;
    double from = 0;
    double seconds = 0;
  };

  static bool is_alike(const PictureStretch& one, const PictureStretch& other) {
    return one.width == other.width && one.height == other.height &&
           one.sample_aspect_ratio == other.sample_aspect_ratio &&
           one.quarter_turns_clockwise == other.quarter_turns_clockwise;
  }

  void advance(const AVPacket& packet) {
    const std::int64_t time = sound_stamp(packet.dts != AV_NOPTS_VALUE ? packet.dts : packet.pts);
    const double usual = static_cast<double>(sound_duration(packet.duration)) * time_base_;
    double step = usual;
    if (last_time_ != AV_NOPTS_VALUE && time != AV_NOPTS_VALUE)
      step = static_cast<double>(difference_of_stamps(time, last_time_)) * time_base_;
    if (!(step >= 0 && step <= longest_gap_)) step = usual;
    if (has_begun_) seconds_ += step;
    has_begun_ = true;
    last_step_ = usual > 0 ? usual : step;
    last_time_ = time;
  }

  void begin_run(const AVPacket& packet, const SizeMark& mark) {
    if (!runs_.empty()) end_run(seconds_);
    learn(packet, mark);
    runs_.push_back({mark.mark, seconds_, 0});
  }

  void end_run(double now) { runs_.back().seconds = now - runs_.back().from; }

  /// Most films have one size: only when there is a second, the first one's picture is decoded.
  void learn(const AVPacket& packet, const SizeMark& mark) {
    if (known_.count(mark.mark) > 0 || known_.size() >= kMostSizes) return;
    known_[mark.mark] = std::nullopt;
    if (known_.size() == 1) {
      first_ = new_packet();
      if (av_packet_ref(first_.get(), &packet) < 0) throw std::bad_alloc();
      first_mark_ = mark;
      return;
    }
    if (first_) known_[first_mark_.mark] = size_of(*first_, first_mark_);
    first_.reset();
    known_[mark.mark] = size_of(packet, mark);
  }

  /// By decoding it, so that no broken header decides about the film. A picture that needs others is believed.
  std::optional<Seen> size_of(const AVPacket& packet, const SizeMark& mark) const {
    const bool is_key = (packet.flags & AV_PKT_FLAG_KEY) != 0;
    if (is_key || !mark.told) return look_at(source_, packet, settings_);
    PictureStretch told;
    told.width = mark.told->width;
    told.height = mark.told->height;
    if (std::int64_t{told.width} * told.height > settings_.max_pixels) return std::nullopt;
    AVFormatContext& format = source_.format();
    AVStream& stream = *format.streams[source_.video_stream()];
    told.sample_aspect_ratio = from_libav(av_guess_sample_aspect_ratio(&format, &stream, nullptr));
    return Seen{told, stream_orientation(stream)};
  }

  /// What is not known is as it was before.
  void add(const Run& run, SizeSurvey& result) const {
    std::vector<PictureStretch>& stretches = result.stretches;
    const auto known = known_.find(run.mark);
    if (known == known_.end() || !known->second) {
      if (!stretches.empty()) stretches.back().seconds += run.seconds;
      return;
    }
    const auto& [seen, orientation] = *known->second;
    if (stretches.empty()) result.orientation = orientation;
    PictureStretch stretch = seen;
    stretch.quarter_turns_clockwise = turn_between(orientation, result.orientation).quarter_turns_clockwise;
    if (!stretches.empty() && is_alike(stretches.back(), stretch)) {
      stretches.back().seconds += run.seconds;
      return;
    }
    stretch.from_seconds = stretches.empty() ? 0 : run.from;
    stretch.seconds = run.seconds + run.from - stretch.from_seconds;
    stretches.push_back(stretch);
  }

  PacketSource& source_;
  const DecoderSettings& settings_;
  SizeMarks marks_;
  std::map<std::uint64_t, std::optional<Seen>> known_;  ///< none: it could not be decoded
  PacketPtr first_;
  SizeMark first_mark_;
  std::vector<Run> runs_;
  double longest_gap_ = 0, time_base_ = 0, seconds_ = 0, last_step_ = 0;
  std::int64_t last_time_ = AV_NOPTS_VALUE;
  bool has_begun_ = false;
};

/// Nothing but what can hold a new size is read from the disk, where the container has an index of all packets.
void leave_out_what_tells_nothing(PacketSource& source) {
  AVFormatContext& format = source.format();
  for (unsigned index = 0; index < format.nb_streams; ++index) {
    const bool is_video = static_cast<int>(index) == source.video_stream();
    if (!is_video) format.streams[index]->discard = AVDISCARD_ALL;
  }
  const AVCodecID codec = source.video_parameters().codec_id;
  const bool changes_between_keys = codec == AV_CODEC_ID_VP9 || codec == AV_CODEC_ID_AV1;
  if (!changes_between_keys) format.streams[source.video_stream()]->discard = AVDISCARD_NONKEY;
}

}  // namespace

bool can_change_size(PacketSource& source) {
  return av_match_list(source.format().iformat->name, kContainers, ',') > 0 &&
         tells_size_changes(source.video_parameters().codec_id);
}

SizeSurvey survey_sizes(PacketSource& source, const DecoderSettings& settings, const CancelToken* cancel) {
  leave_out_what_tells_nothing(source);
  Survey survey(source, settings);
  const PacketPtr packet = new_packet();
  while (source.read(*packet)) {
    if (cancel && cancel->is_requested()) throw Error(ExitCode::kInterrupted, "stopped while sizes were looked for");
    if (packet->stream_index == source.video_stream() && packet->size > 0) survey.see(*packet);
    av_packet_unref(packet.get());
  }
  if (cancel && cancel->is_requested()) throw Error(ExitCode::kInterrupted, "stopped while sizes were looked for");
  return survey.finish();
}

}  // namespace reelface
