// SPDX-License-Identifier: Apache-2.0
#include "media/write/output_streams.h"

extern "C" {
#include <libavutil/display.h>
#include <libavutil/mem.h>
}

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <numeric>

#include "media/formats/quick_time_language.h"
#include "media/libav/compat.h"
#include "media/libav/error.h"
#include "media/write/tag_copy.h"
#include "media/write/xmp_tag.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

constexpr std::size_t kMatrixBytes = 9 * sizeof(std::int32_t);

/// The stream's display matrix, else the first picture's.
SideDataView display_matrix(const SourceMedia& source) {
  const SideDataView on_stream =
      stream_side_data(*source.format->streams[source.video_index], AV_PKT_DATA_DISPLAYMATRIX);
  if (on_stream.data && on_stream.size >= kMatrixBytes) return on_stream;
  const AVFrameSideData* on_frame =
      source.first_frame ? av_frame_get_side_data(source.first_frame, AV_FRAME_DATA_DISPLAYMATRIX) : nullptr;
  return on_frame && on_frame->size >= kMatrixBytes ? SideDataView{on_frame->data, on_frame->size} : SideDataView{};
}

void add_side_data(AVStream& stream, AVPacketSideDataType type, SideDataView bytes) {
  if (!bytes.data) return;
  std::uint8_t* copy = new_stream_side_data(stream, type, bytes.size);
  if (!copy) throw std::bad_alloc();
  std::memcpy(copy, bytes.data, bytes.size);
}

AVStream& new_stream(AVFormatContext& format) {
  AVStream* stream = avformat_new_stream(&format, nullptr);
  if (!stream) throw std::bad_alloc();
  return *stream;
}

void copy_parameters(AVStream& output, const AVStream& input) {
  check_libav(avcodec_parameters_copy(output.codecpar, input.codecpar), "copying " + describe_stream(input),
              ExitCode::kOutOfMemory);
}

/// The tag if the container's own table has it for this codec (hvc1, for example); 0 lets the muxer choose.
unsigned fitting_tag(const AVOutputFormat& format, const AVCodecParameters& parameters) {
  if (parameters.codec_type == AVMEDIA_TYPE_DATA) return parameters.codec_tag;
  if (!format.codec_tag || parameters.codec_tag == 0) return 0;
  return av_codec_get_id(format.codec_tag, parameters.codec_tag) == parameters.codec_id ? parameters.codec_tag : 0;
}

void set_extradata(AVCodecParameters& parameters, const std::uint8_t* data, int size) {
  av_freep(&parameters.extradata);
  parameters.extradata_size = 0;
  if (size <= 0) return;
  parameters.extradata =
      static_cast<std::uint8_t*>(av_mallocz(static_cast<std::size_t>(size) + AV_INPUT_BUFFER_PADDING_SIZE));
  if (!parameters.extradata) throw std::bad_alloc();
  std::memcpy(parameters.extradata, data, static_cast<std::size_t>(size));
  parameters.extradata_size = size;
}

void set_default_tag(AVStream& stream, const char* key, const std::string& value) {
  av_dict_set(&stream.metadata, key, value.c_str(), AV_DICT_DONT_OVERWRITE);
}

void fill_encoded_stream(AVStream& output, const AVStream& input, const OutputContents& contents) {
  const AVCodecContext& encoder = contents.encoder.context();
  check_libav(avcodec_parameters_from_context(output.codecpar, &encoder), "describing the video",
              ExitCode::kOutOfMemory);
  const bool is_mp4 = contents.rules.has_timecode_track();
  // Raw video's tag is one of AVI's; MOV has its own, and Apple's players want this one for H.265.
  if (is_mp4) output.codecpar->codec_tag = encoder.codec_id == AV_CODEC_ID_HEVC ? MKTAG('h', 'v', 'c', '1') : 0;
  output.time_base = contents.encoder.time_base();
  output.sample_aspect_ratio = encoder.sample_aspect_ratio;
  // A rate on a variable stream would become Matroska's default duration, which players take for the truth.
  if (contents.video.constant_rate || is_mp4) output.avg_frame_rate = contents.video.frame_rate;
  if (contents.video.constant_rate) output.r_frame_rate = contents.video.frame_rate;
  for (const AVPacketSideDataType type : {AV_PKT_DATA_STEREO3D, AV_PKT_DATA_SPHERICAL, AV_PKT_DATA_ICC_PROFILE})
    add_side_data(output, type, stream_side_data(input, type));
  add_side_data(output, AV_PKT_DATA_DISPLAYMATRIX, display_matrix(contents.source));
  add_hdr_metadata(output, contents.video.hdr);
}

void fill_copied_stream(AVStream& output, const AVStream& input, const OutputContents& contents) {
  copy_parameters(output, input);
  output.codecpar->codec_tag = fitting_tag(*contents.rules.format(), *input.codecpar);
  output.time_base = input.time_base;
  output.avg_frame_rate = input.avg_frame_rate;
  output.r_frame_rate = input.r_frame_rate;
  output.sample_aspect_ratio = input.sample_aspect_ratio;
  copy_all_side_data(output, input);
}

void fill_attached_cover(AVStream& output, const AVStream& input) {
  const bool is_png = input.codecpar->codec_id == AV_CODEC_ID_PNG;
  output.codecpar->codec_type = AVMEDIA_TYPE_ATTACHMENT;
  output.codecpar->codec_id = input.codecpar->codec_id;
  set_extradata(*output.codecpar, input.attached_pic.data, input.attached_pic.size);
  set_default_tag(output, "filename", is_png ? "cover.png" : "cover.jpg");
  set_default_tag(output, "mimetype", is_png ? "image/png" : "image/jpeg");
}

/// Matroska refuses an attachment without a name or a type.
void complete_attachment(AVStream& output, int index) {
  set_default_tag(output, "filename", "attachment" + std::to_string(index));
  set_default_tag(output, "mimetype", "application/octet-stream");
}

void spell_language(AVStream& output, const ContainerRules& rules) {
  const AVDictionaryEntry* language = av_dict_get(output.metadata, "language", nullptr, 0);
  if (!language || rules.family() != ContainerRules::Family::kMov) return;
  const std::string spelled = quick_time_language(language->value);
  if (!spelled.empty()) av_dict_set(&output.metadata, "language", spelled.c_str(), 0);
}

void add_output_stream(OutputStreams& result, const MappedStream& mapped, const OutputContents& contents) {
  using Way = MappedStream::Way;
  const AVStream& input = *mapped.input;
  if (mapped.way == Way::kLeaveOut) return;
  AVStream& output = new_stream(*result.format);
  result.stream_map[static_cast<std::size_t>(input.index)] = output.index;
  output.id = contents.rules.family() == ContainerRules::Family::kMatroska ? 0 : input.id;
  output.disposition = input.disposition;
  copy_stream_tags(&output.metadata, input.metadata, mapped.way == Way::kEncode, contents.rules);
  spell_language(output, contents.rules);
  switch (mapped.way) {
    case Way::kEncode:
      result.video = output.index;
      fill_encoded_stream(output, input, contents);
      break;
    case Way::kConvertSubtitle:
      contents.subtitle_converters[static_cast<std::size_t>(input.index)]->describe(*output.codecpar);
      output.time_base = input.time_base;
      break;
    case Way::kAttachCover:
      fill_attached_cover(output, input);
      break;
    default:
      fill_copied_stream(output, input, contents);
      if (mapped.plan.kind == StreamKind::kAttachment) complete_attachment(output, input.index);
      break;
  }
}

/// A clock every stream's start is exact in: MP4 writes the gap before a stream that starts late in it.
std::int64_t movie_clock(const OutputStreams& streams, std::int64_t video_clock) {
  constexpr std::int64_t kFastest = 100'000'000;
  std::int64_t clock = video_clock;
  for (unsigned i = 0; i < streams.format->nb_streams; ++i) {
    const AVCodecParameters& parameters = *streams.format->streams[i]->codecpar;
    if (parameters.codec_type != AVMEDIA_TYPE_AUDIO || parameters.sample_rate <= 0) continue;
    const std::int64_t shared = std::lcm(clock, static_cast<std::int64_t>(parameters.sample_rate));
    if (shared <= kFastest) clock = shared;
  }
  return clock;
}

}  // namespace

bool has_orientation(const SourceMedia& source) {
  const SideDataView bytes = display_matrix(source);
  if (!bytes.data) return false;
  std::array<std::int32_t, 9> matrix{};
  std::memcpy(matrix.data(), bytes.data, kMatrixBytes);
  return matrix[0] <= 0 || matrix[1] != 0 || matrix[3] != 0 || matrix[4] <= 0;
}

OutputStreams make_output_streams(const OutputContents& contents) {
  OutputStreams result;
  AVFormatContext* format = nullptr;
  check_libav(
      avformat_alloc_output_context2(&format, const_cast<AVOutputFormat*>(contents.rules.format()), nullptr, nullptr),
      "starting " + contents.rules.name(), ExitCode::kInternal);
  result.format.reset(format);
  result.stream_map.assign(contents.streams.size(), -1);
  if (contents.options.bitexact) format->flags |= AVFMT_FLAG_BITEXACT;
  // FLAC in MP4 is a standard by now; libav 5 did not know. In MOV the same setting would make wrong tags pass.
  if (contents.rules.family() == ContainerRules::Family::kMp4)
    format->strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL;
  const bool is_mpeg = contents.rules.family() == ContainerRules::Family::kMpegTs ||
                       contents.rules.family() == ContainerRules::Family::kMpegPs;
  constexpr int kBroadcastDelayMicroseconds = 700'000;  // an MPEG stream's clock runs ahead of its packets
  if (is_mpeg) format->max_delay = kBroadcastDelayMicroseconds;
  for (const MappedStream& mapped : contents.streams) add_output_stream(result, mapped, contents);

  const AVFormatContext& source = *contents.source.format;
  copy_file_tags(&format->metadata, source.metadata, contents.options.bitexact);
  for (const auto& [key, value] : contents.options.extra_tags) {
    if (key != kXmpTag) av_dict_set(&format->metadata, valid_utf8(key).c_str(), valid_utf8(value).c_str(), 0);
  }
  if (contents.rules.holds_chapters()) copy_chapters(*format, source, contents.source.start_offset);
  if (contents.rules.family() == ContainerRules::Family::kMpegTs) copy_programs(*format, source, result.stream_map);
  return result;
}

void set_muxer_options(Dictionary& options, const OutputContents& contents, const OutputStreams& streams) {
  if (contents.rules.has_timecode_track()) {
    const std::int64_t clock = contents.encoder.time_base().den;
    options.set("video_track_timescale", std::to_string(clock).c_str());
    options.set("movie_timescale", std::to_string(movie_clock(streams, clock)).c_str());
  }
  if (contents.rules.family() == ContainerRules::Family::kMatroska) options.set("default_mode", "passthrough");
  for (const auto& [key, value] : contents.encoder.unknown_options()) options.set(key.c_str(), value.c_str());
}

}  // namespace reelface
