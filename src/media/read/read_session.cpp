// SPDX-License-Identifier: Apache-2.0
#include "media/read/read_session.h"

#include <algorithm>
#include <utility>

#include "media/libav/compat.h"
#include "media/libav/frame_storage.h"
#include "media/libav/stamps.h"
#include "media/read/media_description.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

// Sound that piles up while no frame comes is passed on without one.
constexpr std::size_t kMostShelfBytes = 32 << 20;
constexpr std::size_t kMostShelfBytesWithoutFrames = 64 << 10;
// A file that gives this much else before its first frame is no video.
constexpr std::size_t kMostBytesBeforeFirstFrame = 256 << 20;
// Containers interleave sound and pictures within about a second.
constexpr double kTailSeconds = 1;

std::int64_t ticks_of(std::int64_t microseconds, AVRational time_base) {
  return rescale(microseconds, from_libav(kMicroseconds), from_libav(time_base));
}

DecoderSettings decoder_settings(const ReadOptions& options) {
  return {options.decoder_threads, options.hardware_acceleration, options.max_pixels, options.any_format};
}

TimelineJoiner::Rules joining_rules(const AVFormatContext& format) {
  TimelineJoiner::Rules rules;
  if ((format.iformat->flags & AVFMT_TS_DISCONT) != 0) {
    rules.joins_forward_jumps = true;
    rules.backward_tolerance = 100'000;
  }
  return rules;
}

AVRational known_frame_rate(PacketSource& source, const ReadOptions& options) {
  if (options.frame_rate && (source.format().iformat->flags & AVFMT_NOTIMESTAMPS) != 0) {
    return to_libav(*options.frame_rate);
  }
  return frame_rate_of(source.format(), source.video_stream());
}

std::int64_t ticks_per_frame(AVRational frame_rate, AVRational time_base) {
  const AVRational rate = frame_rate.num > 0 ? frame_rate : AVRational{25, 1};
  return std::clamp<std::int64_t>(av_rescale_q(1, av_inv_q(rate), time_base), 1, kFarthestStamp);
}

std::int64_t decoding_time(const AVPacket& packet) {
  return packet.dts != AV_NOPTS_VALUE ? packet.dts : packet.pts;
}

/// The entry of a packet's stream in a list that grows with the streams met.
std::int64_t& of_stream(std::vector<std::int64_t>& entries, const AVPacket& packet, std::int64_t initial) {
  const auto index = static_cast<std::size_t>(packet.stream_index);
  if (index >= entries.size()) entries.resize(index + 1, initial);
  return entries[index];
}

}  // namespace

ReadSession::ReadSession(std::unique_ptr<PacketSource> source, const ReadOptions& options, const CancelToken* cancel)
    : source_(std::move(source)),
      options_(options),
      cancel_(cancel),
      window_(options.range, options.time_origin_microseconds),
      frame_rate_(known_frame_rate(*source_, options)),
      usual_duration_(ticks_per_frame(frame_rate_, video_stream().time_base)),
      last_duration_(usual_duration_),
      joiner_(joining_rules(source_->format())),
      damage_(*source_),
      decoder_(std::make_unique<VideoDecoder>(source_->video_parameters(), video_stream(), decoder_settings(options))),
      chain_(usual_duration_, source_->announced_size(), options.settled_canvas, stream_orientation(video_stream()),
             options.deinterlace, options.decoder_threads),
      packet_(new_packet()) {
  const std::int64_t start = sound_stamp(source_->format().start_time);
  if (start != kNoTimestamp) file_start_ = start;
}

bool ReadSession::seek(double seconds) {
  return source_->can_seek() && source_->seek(file_start_ + static_cast<std::int64_t>(seconds * AV_TIME_BASE));
}

const AVFrame* ReadSession::read_first_frame() {
  while (!held_ && ready_.empty() && stage_ != Stage::kEnded) {
    if (shelf_.bytes() > kMostBytesBeforeFirstFrame) return nullptr;
    step();
  }
  return ready_.empty() ? held_.get() : ready_.front().get();
}

void ReadSession::step() {
  if (cancel_ && cancel_->is_requested()) {
    stage_ = Stage::kEnded;
    return;
  }
  if (source_->read(*packet_)) {
    take(*packet_);
    av_packet_unref(packet_.get());
    return;
  }
  if (cancel_ && cancel_->is_requested()) {
    stage_ = Stage::kEnded;
    return;
  }
  reached_end_ = true;
  end_video();
  stage_ = Stage::kEnded;
}

void ReadSession::shift_to_file_start(AVPacket& packet) {
  const AVStream& stream = *source_->format().streams[packet.stream_index];
  const bool is_video = packet.stream_index == source_->video_stream();
  drop_garbage(packet);
  TimelineJoiner::Moment moment;
  moment.stream = packet.stream_index;
  // Presentation times jump about by nature, so packets without a decoding time say nothing about seams.
  const bool has_time = packet.dts != AV_NOPTS_VALUE;
  moment.time = has_time ? av_rescale_q(packet.dts, stream.time_base, kMicroseconds) : kNoTimestamp;
  const std::int64_t duration = packet.duration > 0 ? packet.duration : is_video ? usual_duration_ : 0;
  moment.duration = av_rescale_q(duration, stream.time_base, kMicroseconds);
  moment.is_steady = is_video || stream.codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
  const std::int64_t offset = joiner_.offset_for(moment);
  // Rounded apart, so that a file without seams is shifted by the same ticks as the chapters and the index.
  move_stamps(packet,
              difference_of_stamps(ticks_of(offset, stream.time_base), ticks_of(file_start_, stream.time_base)));
  if (moment.is_steady && !is_video) keep_rising(packet);
  std::int64_t& last_offset = of_stream(last_offsets_, packet, 0);
  const bool is_behind_seam = offset != last_offset;
  last_offset = offset;
  damage_.see_packet(packet, stream.time_base, is_video, is_behind_seam);
}

/// Where recordings meet, the second one's sound may begin a few milliseconds before the first one's has ended.
void ReadSession::keep_rising(AVPacket& packet) {
  std::int64_t& last = of_stream(last_copied_, packet, AV_NOPTS_VALUE);
  if (packet.dts == AV_NOPTS_VALUE) return;
  if (last != AV_NOPTS_VALUE && packet.dts <= last) {
    packet.dts = last + 1;
    if (packet.pts != AV_NOPTS_VALUE) packet.pts = std::max(packet.pts, packet.dts);
    ++moved_packets_;
  }
  last = packet.dts;
}

void ReadSession::take(AVPacket& packet) {
  const AVFormatContext& format = source_->format();
  // Streams that turn up in the middle of a file were unknown when the output was planned.
  if (packet.stream_index < 0 || packet.stream_index >= static_cast<int>(format.nb_streams)) return;
  const AVStream& stream = *format.streams[packet.stream_index];
  const AVRational time_base = stream.time_base;
  const bool is_video = packet.stream_index == source_->video_stream();
  shift_to_file_start(packet);
  const std::int64_t time = decoding_time(packet);
  if (!is_video) {
    shelf_.put(packet, time_base, window_);
  } else if (stage_ == Stage::kReading) {
    take_video(packet);
  }
  if (stage_ == Stage::kReadingTail && tail_is_over(stream, time)) stage_ = Stage::kEnded;
}

void ReadSession::take_video(AVPacket& packet) {
  const bool is_behind = window_.place_of(packet.dts, video_stream().time_base) == ReadWindow::Place::kAfter;
  if (!decodes_) {
    if (is_behind) stage_ = Stage::kReadingTail;
    return;
  }
  follow_codec_change();
  if (is_behind && !chain_.has_decoding_times_only()) {
    end_video();
  } else if (run_up_) {
    std::vector<PacketPtr> due;
    run_up_->put(packet, video_stream().time_base, due);
    for (const PacketPtr& one : due) decode(one.get());
  } else {
    decode(&packet);
  }
}

bool ReadSession::tail_is_over(const AVStream& stream, std::int64_t time) {
  const AVFormatContext& format = source_->format();
  sound_is_over_.resize(format.nb_streams, false);
  if (time == AV_NOPTS_VALUE || window_.place_of(time, stream.time_base) != ReadWindow::Place::kAfter) return false;
  sound_is_over_[static_cast<std::size_t>(stream.index)] = true;
  bool all_over = true;
  for (unsigned index = 0; index < format.nb_streams; ++index) {
    const bool is_sound = format.streams[index]->codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
    all_over = all_over && (!is_sound || sound_is_over_[index]);
  }
  // Sparse streams may still lie behind; a sound track that ended earlier never comes.
  const std::int64_t earlier = difference_of_stamps(
      time, ticks_of(static_cast<std::int64_t>(kTailSeconds * AV_TIME_BASE) * (all_over ? 1 : 10), stream.time_base));
  return window_.place_of(earlier, stream.time_base) == ReadWindow::Place::kAfter;
}

void ReadSession::follow_codec_change() {
  if (source_->video_parameters().codec_id == decoder_->codec()) return;
  decode(nullptr);
  refused_by_former_decoders_ += decoder_->refused();
  decoder_ = std::make_unique<VideoDecoder>(source_->video_parameters(), video_stream(), decoder_settings(options_));
}

void ReadSession::decode(const AVPacket* packet) {
  if (packet) chain_.see_packet(*packet);
  decoder_->send(packet);
  collect_decoded();
}

void ReadSession::collect_decoded() {
  std::deque<FramePtr> finished;
  while (FramePtr frame = decoder_->receive()) {
    frame->sample_aspect_ratio = av_guess_sample_aspect_ratio(
        &source_->format(), source_->format().streams[source_->video_stream()], frame.get());
    chain_.push(std::move(frame), finished);
  }
  pass_on(finished);
}

void ReadSession::end_video() {
  if (stage_ != Stage::kReading) return;
  if (!decodes_) {
    stage_ = Stage::kReadingTail;
    return;
  }
  if (run_up_) {
    for (const PacketPtr& one : run_up_->take_all()) decode(one.get());
  }
  decode(nullptr);
  if (stage_ == Stage::kReading) {
    std::deque<FramePtr> finished;
    chain_.drain(finished);
    pass_on(finished);
  }
  release_held(AV_NOPTS_VALUE);
  stage_ = Stage::kReadingTail;
}

void ReadSession::pass_on(std::deque<FramePtr>& finished) {
  const AVRational time_base = video_stream().time_base;
  for (FramePtr& frame : finished) {
    if (stage_ != Stage::kReading) return;
    const ReadWindow::Place place = window_.place_of_next_frame(frame->pts, time_base);
    if (!met_frame_) began_before_window_ = place == ReadWindow::Place::kBefore;
    met_frame_ = true;
    if (place == ReadWindow::Place::kInside) {
      hold(std::move(frame));
    } else if (place == ReadWindow::Place::kBefore) {
      shelf_.forget_before(frame->pts, time_base);
    } else {
      release_held(frame->pts);
      stage_ = Stage::kReadingTail;
    }
  }
}

void ReadSession::hold(FramePtr frame) {
  if (!met_window_) refused_before_window_ = window_.is_whole_film() ? 0 : decoder_->refused();
  met_window_ = true;
  damage_.see_frame(*frame);
  stretches_.see(*frame, video_stream().time_base, window_.offset_microseconds());
  release_held(frame->pts);
  held_ = std::move(frame);
}

void ReadSession::release_held(std::int64_t next_pts) {
  if (!held_) return;
  const std::int64_t gap = next_pts == AV_NOPTS_VALUE ? 0 : difference_of_stamps(next_pts, held_->pts);
  std::int64_t duration = frame_duration(*held_);
  if (duration <= 0) duration = gap > 0 ? gap : last_duration_;
  // Shown until the next one comes at the latest; a gap after it stays a gap.
  if (gap > 0) duration = std::min(duration, gap);
  duration = std::min(duration, kFarthestStamp);
  last_duration_ = duration;
  set_frame_duration(*held_, duration);
  ready_.push_back(std::move(held_));
}

MediaUnit ReadSession::make_unit(std::optional<FramePtr> frame) {
  MediaUnit unit;
  const AVRational time_base = video_stream().time_base;
  if (!frame) {
    unit.packets = shelf_.take_all(window_);
    return unit;
  }
  AVFrame& picture = **frame;
  unit.packets = shelf_.take(window_, sum_of_stamps(picture.pts, frame_duration(picture)), time_base);
  picture.pts = difference_of_stamps(picture.pts, ticks_of(window_.offset_microseconds(), time_base));
  unit.frame = wrap_libav_frame(std::move(*frame), from_libav(time_base), stream_orientation(video_stream()));
  return unit;
}

void ReadSession::stop_decoding() {
  decodes_ = false;
  ready_.clear();
  held_.reset();
}

ReadExtent ReadSession::extent() const {
  return {window_.from_seconds(), window_.to_seconds(), window_.offset_microseconds()};
}

std::optional<MediaUnit> ReadSession::next() {
  if (cancel_ && cancel_->is_requested()) return std::nullopt;
  const std::size_t enough_bytes = decodes_ ? kMostShelfBytes : kMostShelfBytesWithoutFrames;
  while (ready_.empty() && stage_ != Stage::kEnded && shelf_.bytes() < enough_bytes) step();
  if (!ready_.empty()) {
    FramePtr frame = std::move(ready_.front());
    ready_.pop_front();
    return make_unit(std::move(frame));
  }
  if (cancel_ && cancel_->is_requested()) return std::nullopt;
  MediaUnit rest = make_unit(std::nullopt);
  if (stage_ == Stage::kEnded && rest.packets.empty()) return std::nullopt;
  return rest;
}

DamageReport ReadSession::damage() const {
  DamageReport report = damage_.report(reached_end_ && window_.is_whole_film());
  report.decode_errors = refused_by_former_decoders_ + decoder_->refused() - refused_before_window_;
  report.repaired_timestamps = chain_.repaired_stamps() + joiner_.seams() + moved_packets_;
  report.size_changes = chain_.rescaled_frames();
  report.boxed_frames = chain_.boxed_frames();
  report.turned_frames = chain_.turned_frames();
  report.format_changes = chain_.reformatted_frames();
  return report;
}

}  // namespace reelface
