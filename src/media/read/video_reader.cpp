// SPDX-License-Identifier: Apache-2.0
#include "reelface/media/video_reader.h"

#include <cmath>
#include <new>
#include <utility>

#include "media/libav/compat.h"
#include "media/libav/error.h"
#include "media/libav/frame_storage.h"
#include "media/libav/log.h"
#include "media/libav/source_media.h"
#include "media/read/film_canvas.h"
#include "media/read/media_description.h"
#include "media/read/picture_sequence.h"
#include "media/read/read_session.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

// How far before a range decoding begins. Reordered and interlaced frames need neighbours, and key frames may be
// stamped later than an index says; when a start turns out too late, the next one is tried, and at last the beginning.
constexpr double kRunUpSeconds[] = {1, 5, 20};

InputLimits limits_from(const ReadOptions& options) {
  InputLimits limits;
  limits.max_pixels = options.max_pixels;
  limits.stall_timeout_seconds = options.stall_timeout_seconds;
  limits.frame_rate = options.frame_rate;
  limits.any_format = options.any_format;
  return limits;
}

void check_size(std::int64_t width, std::int64_t height, const ReadOptions& options) {
  if (width > 0 && height > 0 && width * height <= options.max_pixels) return;
  throw Error(ExitCode::kUsage, "no film can be " + std::to_string(width) + "x" + std::to_string(height),
              "give --canvas a size in pixels, for example 1280x720");
}

void check_options(const ReadOptions& options) {
  if (options.canvas.rule == CanvasRule::kSize) check_size(options.canvas.width, options.canvas.height, options);
  if (options.settled_canvas) check_size(options.settled_canvas->width, options.settled_canvas->height, options);
  if (options.frame_rate && !options.frame_rate->is_known()) {
    throw Error(ExitCode::kUsage, "the frame rate must be above zero", "give for example 25 or 30000/1001");
  }
  const ReadWindow window(options.range);  // refuses impossible ranges before anything is opened
  if (!options.decode && window.counts_frames())
    throw Error(ExitCode::kInternal, "frames cannot be counted without decoding them");
}

[[noreturn]] void fail_without_frames(const std::string& input, ReadSession& session, const ReadOptions& options,
                                      const CancelToken* cancel) {
  if (cancel && cancel->is_requested()) throw Error(ExitCode::kInterrupted, "stopped before the first frame");
  const std::string name = "'" + printable(input) + "'";
  PacketSource& source = session.source();
  if (!ReadWindow(options.range).is_whole_film()) {
    throw Error(ExitCode::kUsage, "no frame of " + name + " lies in the range", "look with 'analyze' how long it is");
  }
  std::string advice = "check that it plays elsewhere; its header is there, its pictures are not";
  if (source.is_pipe() && std::string(source.format().iformat->name).find("mp4") != std::string::npos) {
    advice =
        "this kind of .mp4 has its index at the end and cannot be read from a pipe: give it as a file, or pipe "
        ".mkv, .ts or fragmented .mp4";
  }
  throw Error(ExitCode::kInputUnreadable, "no frames in " + name + source.complaint(), advice);
}

/// A film opened, and what is known of its sizes.
struct OpenFilm {
  std::unique_ptr<ReadSession> session;
  std::vector<PictureStretch> stretches;
};

/// Opens the input and decodes up to the first wanted frame, beginning near the range where that is safe.
OpenFilm begin_session(const std::string& input, const ReadOptions& given, const CancelToken* cancel) {
  const InputLimits limits = limits_from(given);
  std::unique_ptr<PacketSource> source = open_packet_source(input, limits, cancel);
  FilmCanvas canvas = settle_canvas(input, *source, given, limits, cancel);
  const ReadOptions& options = canvas.options;
  auto session = std::make_unique<ReadSession>(std::move(source), options, cancel);
  const auto open = [&] {
    return std::make_unique<ReadSession>(open_packet_source(input, limits, cancel), options, cancel);
  };
  for (const double run_up : kRunUpSeconds) {
    const double begin = options.range.from_seconds.value_or(0) - run_up;
    // A pipe cannot be opened again if its beginning was passed over wrongly.
    if (begin <= 0 || session->source().is_pipe()) break;
    const bool can_seek = session->source().can_seek();
    if (!can_seek) session->pass_over_until(begin);
    const bool is_there = !can_seek || session->seek(begin);
    if (is_there && session->read_first_frame() && session->began_before_window())
      return {std::move(session), std::move(canvas.stretches)};
    session = open();
  }
  session->read_first_frame();
  return {std::move(session), std::move(canvas.stretches)};
}

std::int64_t frames_in_range(const VideoInfo& video, const ReadRange& range) {
  const auto all = static_cast<double>(video.expected_frames);
  const double rate = video.frame_rate.is_known() ? video.frame_rate.value() : 0;
  double first = range.first_frame ? static_cast<double>(*range.first_frame) : range.from_seconds.value_or(0) * rate;
  double end = all;
  if (range.end_frame) end = static_cast<double>(*range.end_frame);
  if (range.to_seconds && rate > 0) end = *range.to_seconds * rate;
  if (all > 0) end = std::min(end, all);
  return std::llround(std::max(0.0, end - first));
}

class Reading final : public VideoReader::Implementation {
 public:
  Reading(const std::string& input, const ReadOptions& options, const CancelToken* cancel) {
    OpenFilm film = begin_session(input, options, cancel);
    session_ = std::move(film.session);
    const AVFrame* first = session_->read_first_frame();
    if (!first) fail_without_frames(input, *session_, options, cancel);
    AVFormatContext& format = session_->source().format();
    const int video = session_->source().video_stream();
    const AVStream& stream = *format.streams[video];
    const Frame frame =
        wrap_libav_frame(reference_frame(*first), from_libav(stream.time_base), stream_orientation(stream));
    info_ = describe_media(input, format, video, &frame);
    info_.video.frame_rate = from_libav(session_->frame_rate());
    if (info_.video.expected_frames == 0 && has_picture_ending(input)) info_.video.expected_frames = 1;
    info_.video.expected_frames = frames_in_range(info_.video, options.range);
    info_.video.range_start = rescale(session_->window_offset_microseconds(), {1, 1'000'000}, info_.video.time_base);
    place_on_canvas(film.stretches, info_.video, first->format);
    info_.video.stretches = std::move(film.stretches);
    keep_facts_of(*first);
    source_.format = &format;
    source_.video_index = video;
    source_.first_frame = first_frame_.get();
    source_.frame_rate = session_->frame_rate();
    source_.start_offset = session_->start_offset_microseconds();
    if (!options.decode) session_->stop_decoding();
  }

  const SourceMedia& source() const override { return source_; }
  const MediaInfo& info() const override { return info_; }
  std::optional<MediaUnit> next() override { return session_->next(); }
  DamageReport damage() const override { return session_->damage(); }
  ReadExtent extent() const override { return session_->extent(); }
  std::vector<PictureStretch> stretches() const override { return session_->stretches(); }

 private:
  /// Everything but the samples: holding those would make the first frame's owner copy them before writing.
  void keep_facts_of(const AVFrame& first) {
    first_frame_ = new_frame();
    first_frame_->width = first.width;
    first_frame_->height = first.height;
    first_frame_->format = first.format;
    check_libav(av_frame_copy_props(first_frame_.get(), &first), "keeping the first frame's facts",
                ExitCode::kInternal);
  }

  std::unique_ptr<ReadSession> session_;
  FramePtr first_frame_;
  MediaInfo info_;
  SourceMedia source_;
};

}  // namespace

VideoReader::VideoReader(const std::string& input, const ReadOptions& options, const CancelToken* cancel) {
  route_libav_log();
  check_options(options);
  implementation_ = std::make_unique<Reading>(input, options, cancel);
}

VideoReader::~VideoReader() = default;
VideoReader::VideoReader(VideoReader&&) noexcept = default;

const MediaInfo& VideoReader::info() const {
  return implementation_->info();
}
std::optional<MediaUnit> VideoReader::next() {
  return implementation_->next();
}
DamageReport VideoReader::damage() const {
  return implementation_->damage();
}
ReadExtent VideoReader::extent() const {
  return implementation_->extent();
}
std::vector<PictureStretch> VideoReader::stretches() const {
  return implementation_->stretches();
}

MediaInfo probe(const std::string& input) {
  return VideoReader(input).info();
}

}  // namespace reelface
