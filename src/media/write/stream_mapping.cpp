// SPDX-License-Identifier: Apache-2.0
#include "media/write/stream_mapping.h"

#include <algorithm>

#include "media/formats/stream_kind.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

using Way = MappedStream::Way;

std::string shown_codec(const AVCodecParameters& parameters) {
  if (parameters.codec_id != AV_CODEC_ID_NONE) return codec_name(parameters.codec_id);
  char tag[AV_FOURCC_MAX_STRING_SIZE];
  return parameters.codec_tag == 0 ? "unknown codec" : printable(av_fourcc_make_string(tag, parameters.codec_tag));
}

bool is_timecode(const AVStream& stream) {
  return stream.codecpar->codec_tag == MKTAG('t', 'm', 'c', 'd');
}

/// QuickTime keeps chapter names in a text track of their own, which libav shows as a data stream.
bool is_chapter_track(const AVStream& stream, const AVFormatContext& format) {
  return format.nb_chapters > 0 && stream.codecpar->codec_type == AVMEDIA_TYPE_DATA &&
         stream.codecpar->codec_tag == MKTAG('t', 'e', 'x', 't');
}

void set_way(MappedStream& stream, Way way, StreamPlan::Action action, const std::string& reason = {}) {
  stream.way = way;
  stream.plan.action = action;
  stream.plan.reason = reason;
}

bool decide_without_container(MappedStream& stream, const SourceMedia& source, const WriteOptions& options) {
  if (stream.plan.input_index == source.video_index) {
    set_way(stream, Way::kEncode, StreamPlan::Action::kEncode);
  } else if (stream.plan.kind == StreamKind::kAudio && !options.copy_audio) {
    set_way(stream, Way::kLeaveOut, StreamPlan::Action::kDrop, "not wanted (--no-audio)");
  } else if (stream.plan.kind == StreamKind::kSubtitle && !options.copy_subtitles) {
    set_way(stream, Way::kLeaveOut, StreamPlan::Action::kDrop, "not wanted (--no-subtitles)");
  } else if (is_timecode(*stream.input)) {
    set_way(stream, Way::kLeaveOut, StreamPlan::Action::kConvert, "kept as the video's timecode tag");
    stream.plan.target_codec = "timecode";
  } else if (is_chapter_track(*stream.input, *source.format)) {
    set_way(stream, Way::kLeaveOut, StreamPlan::Action::kConvert, "kept as chapters");
    stream.plan.target_codec = "chapters";
  } else {
    return false;
  }
  return true;
}

/// Returns why the container cannot hold it; empty = decided.
std::string decide(MappedStream& stream, const ContainerRules& rules) {
  const AVCodecParameters& parameters = *stream.input->codecpar;
  const bool is_known = parameters.codec_id != AV_CODEC_ID_NONE || stream.plan.kind == StreamKind::kData ||
                        stream.plan.kind == StreamKind::kAttachment;
  if (!is_known) return "its codec is unknown";
  const ContainerRules::Verdict verdict = rules.judge(stream.plan.kind, parameters.codec_id);
  if (verdict.convert_to != AV_CODEC_ID_NONE) {
    set_way(stream, Way::kConvertSubtitle, StreamPlan::Action::kConvert, verdict.reason);
    stream.convert_to = verdict.convert_to;
    stream.plan.target_codec = codec_name(verdict.convert_to);
    return {};
  }
  if (!verdict.holds) return verdict.reason;
  if (stream.plan.kind == StreamKind::kVideo && rules.family() == ContainerRules::Family::kAvi)
    return "avi takes a second video only without its time stamps";
  stream.plan.target_codec = stream.plan.codec;
  if (stream.plan.kind == StreamKind::kCoverArt && stream.input->attached_pic.size <= 0) return "it holds no picture";
  if (stream.plan.kind == StreamKind::kCoverArt && rules.holds_covers_as_attachments())
    set_way(stream, Way::kAttachCover, StreamPlan::Action::kCopy);
  return {};
}

struct Misfit {
  MappedStream* stream;
  std::string reason;
};

/// An ending whose container holds all of them; empty if there is none.
std::string container_for(const std::vector<Misfit>& misfits) {
  std::string shared;
  for (const Misfit& misfit : misfits) {
    const std::string ending = suggest_container(misfit.stream->plan.kind, misfit.stream->input->codecpar->codec_id);
    if (ending.empty() || (!shared.empty() && ending != shared)) return {};
    shared = ending;
  }
  return shared;
}

[[noreturn]] void refuse(const std::vector<Misfit>& misfits) {
  std::string message;
  for (const Misfit& misfit : misfits)
    message +=
        (message.empty() ? "" : "; ") + describe_stream(*misfit.stream->input) + " cannot be kept: " + misfit.reason;
  const std::string ending = container_for(misfits);
  throw Error(ExitCode::kUsage, message,
              (ending.empty() ? "use " : "write to a " + ending + " file, or use ") +
                  std::string("--drop-unsupported to go on without"));
}

}  // namespace

std::string describe_stream(const AVStream& stream) {
  const AVDictionaryEntry* language = av_dict_get(stream.metadata, "language", nullptr, 0);
  return "stream " + std::to_string(stream.index) + " (" + name_of(stream_kind(stream)) + ", " +
         shown_codec(*stream.codecpar) + (language ? ", " + printable(language->value) : "") + ")";
}

void leave_out(MappedStream& stream, const std::string& reason, const WriteOptions& options) {
  if (!options.drop_unsupported) refuse({{&stream, reason}});
  set_way(stream, Way::kLeaveOut, StreamPlan::Action::kDrop, reason);
  stream.plan.target_codec.clear();
}

std::vector<MappedStream> map_streams(const SourceMedia& source, const ContainerRules* rules,
                                      const WriteOptions& options) {
  std::vector<MappedStream> streams(source.format->nb_streams);
  std::vector<Misfit> misfits;
  for (unsigned i = 0; i < source.format->nb_streams; ++i) {
    MappedStream& stream = streams[i];
    stream.input = source.format->streams[i];
    stream.plan.input_index = static_cast<int>(i);
    stream.plan.kind = stream_kind(*stream.input);
    stream.plan.codec = shown_codec(*stream.input->codecpar);
    if (decide_without_container(stream, source, options)) continue;
    if (!rules) {
      set_way(stream, Way::kLeaveOut, StreamPlan::Action::kDrop, "pictures hold nothing else");
      continue;
    }
    const std::string reason = decide(stream, *rules);
    if (!reason.empty()) misfits.push_back({&stream, reason});
  }
  if (!misfits.empty() && !options.drop_unsupported) refuse(misfits);
  for (const Misfit& misfit : misfits) leave_out(*misfit.stream, misfit.reason, options);
  return streams;
}

}  // namespace reelface
