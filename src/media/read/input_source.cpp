// SPDX-License-Identifier: Apache-2.0
#include "media/read/input_source.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <utility>
#include <vector>

#include "media/formats/known_codecs.h"
#include "media/formats/known_containers.h"
#include "media/libav/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr std::int64_t kProbeBytes = 32 << 20;
constexpr std::int64_t kAnalyseMicroseconds = 10'000'000;
constexpr int kMostStreams = 512;  // films carry a hundred fonts; a hostile file names millions

const char* const kPlaylistAdvice =
    "playlists can name other files and addresses and are not followed; give the media file itself";

int must_stop(void* watch) {
  return static_cast<const StallWatch*>(watch)->must_stop() ? 1 : 0;
}

/// A name with the same ending and nothing else in it that libav could read a meaning into.
std::string name_for_recognition(const std::string& name) {
  const std::size_t slash = name.find_last_of('/');
  const std::size_t dot = name.find_last_of('.');
  if (dot == std::string::npos || (slash != std::string::npos && dot < slash)) return "input";
  const std::string ending = name.substr(dot + 1);
  const bool plain = ending.size() <= 8 && std::all_of(ending.begin(), ending.end(), [](unsigned char character) {
                       return std::isalnum(character) != 0;
                     });
  return plain ? "input." + ending : "input";
}

bool is_cover_art(const AVStream& stream) {
  return (stream.disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS)) != 0;
}

int choose_video_stream(AVFormatContext& format) {
  const int best = av_find_best_stream(&format, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  if (best >= 0 && !is_cover_art(*format.streams[best])) return best;
  for (unsigned index = 0; index < format.nb_streams; ++index) {
    const AVStream& stream = *format.streams[index];
    if (stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO && !is_cover_art(stream)) return static_cast<int>(index);
  }
  return -1;
}

}  // namespace

InputSource::InputSource(const std::string& name, const InputLimits& limits, const CancelToken* cancel)
    : name_(name),
      watch_(limits.stall_timeout_seconds, cancel),
      bytes_(std::make_unique<ByteStream>(open_bytes(name, watch_))) {
  open(limits);
}

InputSource::InputSource(std::unique_ptr<ByteSource> bytes, const std::string& name, const InputLimits& limits,
                         const CancelToken* cancel)
    : name_(name),
      watch_(limits.stall_timeout_seconds, cancel),
      bytes_(std::make_unique<ByteStream>(std::move(bytes))) {
  open(limits);
}

const AVCodecParameters& InputSource::video_parameters() const {
  return *format_->streams[video_stream_]->codecpar;
}

void InputSource::throw_if_stalled() const {
  if (watch_.is_cancelled()) throw Error(ExitCode::kInterrupted, "stopped while opening '" + printable(name_) + "'");
  if (watch_.is_stalled()) {
    throw Error(ExitCode::kInputUnreadable, "'" + printable(name_) + "' sent nothing for too long",
                "check the disk, the network share or the program that feeds the pipe");
  }
}

void InputSource::fail_to_open(int error) const {
  throw_if_stalled();
  if (error == AVERROR(ENOMEM))
    throw Error(ExitCode::kOutOfMemory, "not enough memory to open '" + printable(name_) + "'");
  if (bytes_->source().is_empty()) {
    throw Error(ExitCode::kInputUnreadable, "'" + printable(name_) + "' is empty", "copy it again from where it came");
  }
  if (error == AVERROR_EOF) {
    throw Error(ExitCode::kInputUnreadable,
                "no frames in '" + printable(name_) + "': it ends after its header" + complaint(),
                "copy it again from where it came");
  }
  std::string advice = "check that it is a complete video or picture, for example with ffprobe";
  if (is_surely_known_ && messages_->last_error().find("moov atom not found") != std::string::npos) {
    advice =
        "the file's index is missing: it was cut off or its recording never ended; copy it again or recover it first";
  }
  throw Error(ExitCode::kInputUnreadable,
              "cannot read '" + printable(name_) + "': " + libav_message(error) + complaint(), advice);
}

std::string InputSource::complaint() const {
  const std::string words = messages_->last_error();
  return words.empty() ? words : " (" + printable(words) + ")";
}

void InputSource::require_accepted(const AVInputFormat& found, bool any_format) const {
  const std::string looks_like = "'" + printable(name_) + "' looks like '" + found.name + "', which ";
  switch (kind_of_container(found.name)) {
    case ContainerKind::kUsual:
      return;
    case ContainerKind::kRare:
      if (any_format) return;
      throw Error(ExitCode::kInputUnreadable, looks_like + "is not among the kinds of files that we read unasked",
                  "if you trust where the file comes from, add --any-format");
    case ContainerKind::kPlaylist:
      throw Error(ExitCode::kInputUnreadable, "'" + printable(name_) + "' is a playlist (" + found.name + ")",
                  kPlaylistAdvice);
    case ContainerKind::kOther:
      break;
  }
  throw Error(ExitCode::kInputUnreadable, looks_like + "is no video or picture we read",
              "convert it first, for example to .mkv");
}

InputFormatHandle InputSource::recognise(bool any_format) {
  InputFormatHandle found = nullptr;
  const int result =
      av_probe_input_buffer2(bytes_->io(), &found, name_for_recognition(name_).c_str(), format_.get(), 0, 0);
  if (result < 0 || !found) fail_to_open(result < 0 ? result : AVERROR_INVALIDDATA);
  is_surely_known_ = result > AVPROBE_SCORE_EXTENSION;
  require_accepted(*found, any_format);
  if ((found->flags & AVFMT_NOFILE) == 0) return found;
  // Pictures that are known by their name only, such as .tga. The demuxer for them would open files itself, others too:
  // numbered ones, and the colours of a .y in a .u and a .v. This one takes the bytes it is given.
  found = av_find_input_format("image2pipe");
  if (!found) fail_to_open(AVERROR_DEMUXER_NOT_FOUND);
  return found;
}

void InputSource::open_as(InputFormatHandle kind, const InputLimits& limits) {
  Dictionary options;
  options.set("format_whitelist", demuxer_whitelist(limits.any_format).c_str());
  if (!limits.any_format) options.set("codec_whitelist", decoder_whitelist().c_str());
  if (limits.frame_rate) {
    const Rational rate = *limits.frame_rate;
    options.set("framerate", (std::to_string(rate.numerator) + "/" + std::to_string(rate.denominator)).c_str());
  }
  bytes_->be_only_file_of(*format_);
  AVFormatContext* opened = format_.release();
  const int result =  // frees it on failure
      avformat_open_input(&opened, name_for_recognition(name_).c_str(), kind, options.address());
  if (result < 0) fail_to_open(result);
  format_.reset(opened);
}

void InputSource::open(const InputLimits& limits) {
  format_.reset(avformat_alloc_context());
  if (!format_) throw std::bad_alloc();
  messages_ = std::make_unique<LibavLogCapture>(format_.get());
  format_->interrupt_callback = {must_stop, &watch_};
  format_->probesize = kProbeBytes;
  format_->max_analyze_duration = kAnalyseMicroseconds;
  format_->max_streams = kMostStreams;
  open_as(recognise(limits.any_format), limits);
  std::vector<PictureSize> announced;
  for (unsigned index = 0; index < format_->nb_streams; ++index)
    announced.push_back({format_->streams[index]->codecpar->width, format_->streams[index]->codecpar->height});
  if (limits.look_into_streams) look_into_streams(limits);
  video_stream_ = choose_video_stream(*format_);
  messages_->count_all_errors();
  if (video_stream_ < 0) {
    throw Error(ExitCode::kInputUnreadable, "'" + printable(name_) + "' has no video stream" + complaint(),
                "give a file with a video, or a picture");
  }
  if (!limits.any_format) require_known_codec(video_parameters().codec_id, "the video in '" + printable(name_) + "'");
  const auto chosen = static_cast<std::size_t>(video_stream_);
  if (chosen < announced.size()) announced_size_ = announced[chosen];
}

void InputSource::look_into_streams(const InputLimits& limits) {
  const std::string most_pixels = std::to_string(limits.max_pixels);
  std::vector<AVDictionary*> options(format_->nb_streams, nullptr);
  for (AVDictionary*& entry : options) av_dict_set(&entry, "max_pixels", most_pixels.c_str(), 0);
  watch_.restart();
  const int result = avformat_find_stream_info(format_.get(), options.data());
  for (AVDictionary*& entry : options) av_dict_free(&entry);
  if (result < 0) fail_to_open(result);
}

bool InputSource::read(AVPacket& packet) {
  watch_.restart();
  while (true) {
    const int result = av_read_frame(format_.get(), &packet);
    if (result >= 0) return true;
    if (watch_.is_cancelled()) return false;
    throw_if_stalled();
    if (result == AVERROR(EAGAIN)) continue;
    if (result == AVERROR(ENOMEM)) throw std::bad_alloc();
    const int broken = bytes_->source().read_error();
    if (broken != 0) {
      throw Error(ExitCode::kInputUnreadable, "reading '" + printable(name_) + "' failed: " + std::strerror(broken),
                  "check the disk or network share and run again");
    }
    if (result != AVERROR_EOF) ++read_failures_;
    return false;
  }
}

bool InputSource::can_seek() const {
  constexpr int kUntrusted = AVFMT_NOTIMESTAMPS | AVFMT_TS_DISCONT | AVFMT_NOBINSEARCH | AVFMT_GENERIC_INDEX;
  return bytes_->source().is_seekable() && (format_->iformat->flags & kUntrusted) == 0;
}

bool InputSource::seek(std::int64_t microseconds) {
  watch_.restart();
  return avformat_seek_file(format_.get(), -1, std::numeric_limits<std::int64_t>::min(), microseconds, microseconds,
                            0) >= 0;
}

std::int64_t InputSource::warnings() const {
  return messages_->damage_messages() + read_failures_;
}

}  // namespace reelface
