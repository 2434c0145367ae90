// SPDX-License-Identifier: Apache-2.0
#include "media/formats/container_rules.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "media/formats/orientation_trial.h"

namespace reelface {
namespace {

using Family = ContainerRules::Family;
using Codecs = std::initializer_list<AVCodecID>;

bool is_one_of(AVCodecID codec, Codecs codecs) {
  return std::find(codecs.begin(), codecs.end(), codec) != codecs.end();
}

bool is_text_subtitle(AVCodecID codec) {
  const AVCodecDescriptor* descriptor = avcodec_descriptor_get(codec);
  return descriptor && descriptor->type == AVMEDIA_TYPE_SUBTITLE && (descriptor->props & AV_CODEC_PROP_TEXT_SUB);
}

Family family_of(std::string_view name) {
  if (name == "matroska") return Family::kMatroska;
  if (name == "webm") return Family::kWebm;
  if (name == "mp4" || name == "ipod") return Family::kMp4;
  if (name == "mov") return Family::kMov;
  if (name == "avi") return Family::kAvi;
  if (name == "mpegts") return Family::kMpegTs;
  if (name == "mpeg" || name == "vob" || name == "dvd" || name == "svcd") return Family::kMpegPs;
  return Family::kOther;
}

constexpr Codecs kMp4Video{AV_CODEC_ID_H264,  AV_CODEC_ID_HEVC,       AV_CODEC_ID_AV1,        AV_CODEC_ID_VP9,
                           AV_CODEC_ID_MPEG4, AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_MPEG1VIDEO, AV_CODEC_ID_MJPEG,
                           AV_CODEC_ID_PNG,   AV_CODEC_ID_JPEG2000,   AV_CODEC_ID_VC1};
constexpr Codecs kMp4Audio{AV_CODEC_ID_AAC,  AV_CODEC_ID_MP3,  AV_CODEC_ID_MP2,  AV_CODEC_ID_AC3, AV_CODEC_ID_EAC3,
                           AV_CODEC_ID_ALAC, AV_CODEC_ID_OPUS, AV_CODEC_ID_FLAC, AV_CODEC_ID_DTS};
constexpr Codecs kTsVideo{AV_CODEC_ID_H264,       AV_CODEC_ID_HEVC,  AV_CODEC_ID_MPEG1VIDEO,
                          AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_MPEG4, AV_CODEC_ID_VC1};
constexpr Codecs kTsAudio{AV_CODEC_ID_AAC, AV_CODEC_ID_AAC_LATM, AV_CODEC_ID_MP1, AV_CODEC_ID_MP2,    AV_CODEC_ID_MP3,
                          AV_CODEC_ID_AC3, AV_CODEC_ID_EAC3,     AV_CODEC_ID_DTS, AV_CODEC_ID_TRUEHD, AV_CODEC_ID_OPUS};
constexpr Codecs kPsVideo{AV_CODEC_ID_MPEG1VIDEO, AV_CODEC_ID_MPEG2VIDEO};
constexpr Codecs kPsAudio{AV_CODEC_ID_MP2, AV_CODEC_ID_MP3, AV_CODEC_ID_AC3, AV_CODEC_ID_DTS, AV_CODEC_ID_PCM_DVD};
constexpr Codecs kTsData{AV_CODEC_ID_SMPTE_KLV, AV_CODEC_ID_SCTE_35, AV_CODEC_ID_TIMED_ID3};

bool libav_agrees(const AVOutputFormat* format, AVCodecID codec) {
  return avformat_query_codec(format, codec, FF_COMPLIANCE_NORMAL) == 1;
}

/// Matroska holds what AVI holds under the same tag; libav does it and says no when asked.
bool has_windows_tag(const AVCodecTag* tags, AVCodecID codec) {
  const AVCodecTag* tables[] = {tags, nullptr};
  return av_codec_get_tag(tables, codec) != 0;
}

bool holds_video_codec(Family family, const AVOutputFormat* format, AVCodecID codec) {
  switch (family) {
    case Family::kWebm:
      return is_one_of(codec, {AV_CODEC_ID_VP8, AV_CODEC_ID_VP9, AV_CODEC_ID_AV1});
    case Family::kMp4:
      return is_one_of(codec, kMp4Video) && libav_agrees(format, codec);
    case Family::kMpegTs:
      return is_one_of(codec, kTsVideo);
    case Family::kMpegPs:
      return is_one_of(codec, kPsVideo);
    case Family::kMov:  // libav knows FFV1's entry (RFC 9043) and forgets to say so; the others fail at the header
      if (codec == AV_CODEC_ID_FFV1) return true;
      return !is_one_of(codec, {AV_CODEC_ID_AV1, AV_CODEC_ID_VP8, AV_CODEC_ID_VP9}) && libav_agrees(format, codec);
    case Family::kMatroska:
      if (has_windows_tag(avformat_get_riff_video_tags(), codec)) return true;
      break;
    case Family::kAvi:
    case Family::kOther:
      break;
  }
  return libav_agrees(format, codec);
}

bool holds_audio_codec(Family family, const AVOutputFormat* format, AVCodecID codec) {
  switch (family) {
    case Family::kWebm:
      return is_one_of(codec, {AV_CODEC_ID_VORBIS, AV_CODEC_ID_OPUS});
    case Family::kMp4:
      return is_one_of(codec, kMp4Audio) && libav_agrees(format, codec);
    case Family::kMpegTs:
      return is_one_of(codec, kTsAudio);
    case Family::kMpegPs:
      return is_one_of(codec, kPsAudio);
    case Family::kMov:
      if (is_one_of(codec, {AV_CODEC_ID_FLAC, AV_CODEC_ID_OPUS, AV_CODEC_ID_VORBIS})) return false;
      break;
    case Family::kAvi:
      if (is_one_of(codec, {AV_CODEC_ID_OPUS, AV_CODEC_ID_VORBIS, AV_CODEC_ID_FLAC})) return false;
      break;
    case Family::kMatroska:
      if (has_windows_tag(avformat_get_riff_audio_tags(), codec)) return true;
      break;
    case Family::kOther:
      break;
  }
  return libav_agrees(format, codec);
}

bool holds_subtitle_codec(Family family, const AVOutputFormat* format, AVCodecID codec) {
  switch (family) {
    case Family::kMatroska:
      return codec != AV_CODEC_ID_MOV_TEXT && libav_agrees(format, codec);
    case Family::kWebm:
      return codec == AV_CODEC_ID_WEBVTT;
    case Family::kMp4:
      return is_one_of(codec, {AV_CODEC_ID_MOV_TEXT, AV_CODEC_ID_DVD_SUBTITLE});
    case Family::kMov:
      return codec == AV_CODEC_ID_MOV_TEXT;
    case Family::kMpegTs:
      return is_one_of(codec, {AV_CODEC_ID_DVB_SUBTITLE, AV_CODEC_ID_DVB_TELETEXT});
    case Family::kMpegPs:
      return codec == AV_CODEC_ID_DVD_SUBTITLE;
    case Family::kAvi:
      return false;
    case Family::kOther:
      break;
  }
  return libav_agrees(format, codec);
}

AVCodecID text_subtitle_of(Family family) {
  switch (family) {
    case Family::kMatroska:
      return AV_CODEC_ID_SUBRIP;
    case Family::kWebm:
      return AV_CODEC_ID_WEBVTT;
    case Family::kMp4:
    case Family::kMov:
      return AV_CODEC_ID_MOV_TEXT;
    default:
      return AV_CODEC_ID_NONE;
  }
}

}  // namespace

std::string codec_name(AVCodecID codec) {
  return avcodec_get_name(codec);
}

ContainerRules::ContainerRules(const AVOutputFormat* format) : format_(format), family_(family_of(format->name)) {}

std::vector<AVPixelFormat> ContainerRules::raw_pixel_formats() const {
  if (family_ != Family::kMov) return {};
  // The rest is written without a tag, and nothing can read it.
  return {AV_PIX_FMT_UYVY422, AV_PIX_FMT_YUYV422,  AV_PIX_FMT_RGB24,    AV_PIX_FMT_RGBA,     AV_PIX_FMT_BGRA,
          AV_PIX_FMT_ARGB,    AV_PIX_FMT_ABGR,     AV_PIX_FMT_RGB555LE, AV_PIX_FMT_RGB565LE, AV_PIX_FMT_RGB565BE,
          AV_PIX_FMT_PAL8,    AV_PIX_FMT_GRAY16BE, AV_PIX_FMT_RGB48BE};
}

bool ContainerRules::holds_orientation() const {
  const std::string_view name = format_->name;  // all of these are one muxer
  if (family_ == Family::kMp4 || family_ == Family::kMov || name == "3gp" || name == "3g2" || name == "psp" ||
      name == "f4v") {
    return true;
  }
  return family_ == Family::kMatroska && keeps_orientation(*format_, AV_CODEC_ID_MJPEG);
}

bool ContainerRules::holds_variable_rate() const {
  const std::string_view name = format_->name;
  return family_ != Family::kAvi && name != "ogg" && name != "ogv" && name != "yuv4mpegpipe";
}

bool ContainerRules::holds_chapters() const {
  return family_ == Family::kMatroska || family_ == Family::kWebm || family_ == Family::kMp4 || family_ == Family::kMov;
}

ContainerRules::Verdict ContainerRules::judge(StreamKind kind, AVCodecID codec) const {
  Verdict verdict;
  switch (kind) {
    case StreamKind::kVideo:
      verdict.holds = holds_video_codec(family_, format_, codec);
      break;
    case StreamKind::kAudio:
      verdict.holds = holds_audio_codec(family_, format_, codec);
      break;
    case StreamKind::kSubtitle:
      verdict.holds = holds_subtitle_codec(family_, format_, codec);
      if (!verdict.holds && is_text_subtitle(codec)) verdict.convert_to = text_subtitle_of(family_);
      break;
    case StreamKind::kAttachment:
      verdict.holds = family_ == Family::kMatroska;
      break;
    case StreamKind::kCoverArt:
      verdict.holds = holds_covers_as_attachments() ||
                      (holds_covers() && is_one_of(codec, {AV_CODEC_ID_PNG, AV_CODEC_ID_MJPEG, AV_CODEC_ID_BMP}));
      break;
    case StreamKind::kData:
      // QuickTime takes many kinds by their tag; whether it takes this one is for the trial header to say.
      verdict.holds = family_ == Family::kMov || (family_ == Family::kMpegTs && is_one_of(codec, kTsData));
      break;
  }
  if (verdict.holds) return verdict;
  const bool text = verdict.convert_to != AV_CODEC_ID_NONE;
  const std::string what = kind == StreamKind::kAttachment ? "attached files"
                           : kind == StreamKind::kCoverArt ? "cover pictures of this kind"
                           : kind == StreamKind::kData     ? "data streams of this kind"
                                                           : codec_name(codec);
  verdict.reason =
      name() + " does not hold " + what + (text ? "; its text is kept as " + codec_name(verdict.convert_to) : "");
  return verdict;
}

std::string suggest_container(StreamKind kind, AVCodecID codec) {
  for (const char* name : {"matroska", "mov", "mp4", "mpegts"}) {
    const AVOutputFormat* format = av_guess_format(name, nullptr, nullptr);
    if (format && ContainerRules(format).judge(kind, codec).holds)
      return std::string(".") + (std::string_view(name) == "matroska" ? "mkv"
                                 : std::string_view(name) == "mpegts" ? "ts"
                                                                      : name);
  }
  return {};
}

}  // namespace reelface
