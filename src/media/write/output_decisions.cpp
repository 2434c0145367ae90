// SPDX-License-Identifier: Apache-2.0
#include "media/write/output_decisions.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <filesystem>
#include <utility>

#include "core/path_check.h"
#include "media/formats/quick_time_language.h"
#include "media/libav/error.h"
#include "media/write/muxer.h"
#include "media/write/output_paths.h"
#include "media/write/picture_output.h"
#include "media/write/tag_copy.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr const char* kToMatroska = "write to a .mkv file";

/// The folder of numbered pictures is made when the work starts; the one it lies in must be there.
void check_picture_folder(const OutputTarget& target) {
  const std::string folder = folder_of(picture_path(target, 1));
  std::error_code failure;
  if (std::filesystem::is_directory(folder, failure)) return;
  if (std::filesystem::exists(folder, failure) || !std::filesystem::is_directory(folder_of(folder), failure))
    throw Error(ExitCode::kUsage, "there is no folder " + printable(folder), "make the folder first");
}

void check_target(const OutputTarget& target, const MediaInfo& info, const WriteOptions& options) {
  check_output_paths(info.path, target, options.overwrite);
  if (target.kind == OutputTarget::Kind::kPictures) check_picture_folder(target);
  if (target.kind == OutputTarget::Kind::kSinglePicture && info.video.expected_frames > 1)
    throw Error(ExitCode::kUsage, "the input has more pictures than the one that fits into " + printable(target.path),
                "write to numbered pictures, for example out_%04d.png, or to a video file");
}

/// Refuses what would be lost silently, or notes it when the user has said to go on.
void refuse_or_note(OutputDecisions& decisions, const WriteOptions& options, const std::string& what,
                    const std::string& advice) {
  if (!options.drop_unsupported)
    throw Error(ExitCode::kUsage, what, advice + ", or use --drop-unsupported to go on without");
  decisions.plan.notes.push_back(what);
}

void check_rate(const OutputDecisions& decisions, const MediaInfo& info) {
  if (!decisions.rules || decisions.rules->holds_variable_rate() || decisions.video.constant_rate) return;
  if (info.container == "avi") return;  // its frames lie on a clock's ticks, with gaps that make the average odd
  throw Error(ExitCode::kUsage,
              "the video's frames do not come at a constant rate, which " + decisions.rules->name() + " needs",
              kToMatroska);
}

void decide_orientation(OutputDecisions& decisions, const SourceMedia& source, const WriteOptions& options) {
  if (!has_orientation(source)) return;
  if (!decisions.rules) {
    decisions.plan.notes.push_back("the pictures are stored as the video holds them, not turned for display");
  } else if (!decisions.rules->holds_orientation()) {
    decisions.orientation_inside_stream = decisions.encoder->context().codec_id == AV_CODEC_ID_H264;
    if (decisions.orientation_inside_stream) {
      decisions.plan.notes.push_back(
          "the turn for display is kept inside the H.264 stream: " + decisions.rules->name() + " has no place for it");
    } else {
      refuse_or_note(decisions, options, decisions.rules->name() + " cannot say that the video is turned for display",
                     "write to a .mp4 or .mov file, or use -c:v libx264");
    }
  }
}

void note_lost_languages(OutputDecisions& decisions) {
  if (decisions.rules->family() != ContainerRules::Family::kMov) return;
  for (const MappedStream& stream : decisions.streams) {
    const AVDictionaryEntry* language = av_dict_get(stream.input->metadata, "language", nullptr, 0);
    if (stream.way == MappedStream::Way::kLeaveOut || !language || std::string(language->value) == "und") continue;
    if (quick_time_language(language->value).empty())
      decisions.plan.notes.push_back(describe_stream(*stream.input) + ": mov has no code for its language");
  }
}

void decide_file_facts(OutputDecisions& decisions, const SourceMedia& source, const WriteOptions& options) {
  if (!decisions.rules) return;
  if (source.format->nb_chapters > 0 && !decisions.rules->holds_chapters())
    refuse_or_note(decisions, options, decisions.rules->name() + " does not hold chapters", kToMatroska);
  std::string lost;
  for (const std::string& tag : tags_without_place(source.format->metadata, *decisions.rules))
    lost += (lost.empty() ? "" : ", ") + printable(tag);
  note_lost_languages(decisions);
  if (!lost.empty()) decisions.plan.notes.push_back(decisions.rules->name() + " has no place for the tags " + lost);
}

void open_subtitle_converters(OutputDecisions& decisions, const WriteOptions& options) {
  decisions.subtitle_converters.resize(decisions.streams.size());
  for (std::size_t i = 0; i < decisions.streams.size(); ++i) {
    MappedStream& stream = decisions.streams[i];
    if (stream.way != MappedStream::Way::kConvertSubtitle) continue;
    try {
      decisions.subtitle_converters[i] = std::make_unique<SubtitleConverter>(*stream.input, stream.convert_to);
    } catch (const Error& error) {
      leave_out(stream, error.what(), options);
    }
  }
}

int try_contents(const OutputContents& contents, bool seekable) {
  OutputStreams streams = make_output_streams(contents);
  Dictionary muxer_options;
  set_muxer_options(muxer_options, contents, streams);
  return try_header(std::move(streams), muxer_options, seekable);
}

/// The container's word on each stream alone; tables are never complete.
void leave_out_refused_streams(OutputDecisions& decisions, const SourceMedia& source, const WriteOptions& options) {
  for (MappedStream& stream : decisions.streams) {
    if (stream.way == MappedStream::Way::kEncode || stream.way == MappedStream::Way::kLeaveOut) continue;
    std::vector<MappedStream> alone = decisions.streams;
    for (MappedStream& other : alone)
      if (other.input != stream.input && other.way != MappedStream::Way::kEncode)
        other.way = MappedStream::Way::kLeaveOut;
    OutputContents contents{
        source, decisions.video, *decisions.encoder, *decisions.rules, alone, decisions.subtitle_converters, options};
    const int result = try_contents(contents, decisions.target.is_seekable());
    if (result < 0) leave_out(stream, decisions.rules->name() + " refuses it: " + libav_message(result), options);
  }
}

void try_header_of(OutputDecisions& decisions, const SourceMedia& source, const WriteOptions& options) {
  const bool seekable = decisions.target.is_seekable();
  int result = try_contents(decisions.contents(source, options), seekable);
  if (result < 0 && try_contents(decisions.contents(source, options), true) >= 0)
    throw Error(ExitCode::kUsage, decisions.rules->name() + " cannot be written to a pipe",
                "write Matroska there, or to a file");
  if (result < 0) {
    leave_out_refused_streams(decisions, source, options);
    result = try_contents(decisions.contents(source, options), seekable);
  }
  if (result < 0)
    throw Error(ExitCode::kUsage, decisions.rules->name() + " refuses this video: " + libav_message(result),
                kToMatroska);
}

void complete_plan(OutputDecisions& decisions) {
  WritePlan& plan = decisions.plan;
  const AVCodecContext& encoder = decisions.encoder->context();
  plan.output = decisions.target.path;
  plan.container = decisions.rules ? decisions.rules->name() : "pictures";
  plan.encoder = encoder.codec->name;
  plan.pixel_format = av_get_pix_fmt_name(encoder.pix_fmt);
  plan.width = encoder.width;
  plan.height = encoder.height;
  for (const MappedStream& stream : decisions.streams) {
    plan.streams.push_back(stream.plan);
    if (stream.way == MappedStream::Way::kEncode) plan.streams.back().target_codec = codec_name(encoder.codec_id);
    if (!stream.plan.reason.empty()) plan.notes.push_back(describe_stream(*stream.input) + ": " + stream.plan.reason);
  }
  const auto& notes = decisions.encoder->notes();
  plan.notes.insert(plan.notes.end(), notes.begin(), notes.end());
}

}  // namespace

OutputDecisions decide_output(const VideoReader& reader, const std::string& output, const WriteOptions& options) {
  const SourceMedia& source = reader.implementation().source();
  OutputDecisions decisions;
  decisions.target = parse_output(output, options.container);
  check_target(decisions.target, reader.info(), options);
  if (!decisions.target.is_picture()) decisions.rules.emplace(decisions.target.format);
  const ContainerRules* rules = decisions.rules ? &*decisions.rules : nullptr;
  decisions.streams = map_streams(source, rules, options);
  decisions.video = describe_source_video(source, reader.info(), options);
  check_rate(decisions, reader.info());
  decisions.encoder = std::make_unique<VideoEncoder>(decisions.video, options,
                                                     EncoderSurroundings{rules, decisions.target.picture_codec});
  decide_orientation(decisions, source, options);
  decide_file_facts(decisions, source, options);
  open_subtitle_converters(decisions, options);
  if (rules) try_header_of(decisions, source, options);
  complete_plan(decisions);
  return decisions;
}

}  // namespace reelface
