// SPDX-License-Identifier: Apache-2.0
#include "media/encode/encoder_choice.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <array>
#include <string_view>

#include "media/libav/pixel_description.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

constexpr const char* kOddSizeAdvice = "choose -c:v ffv1 or libvpx-vp9, or --pix-fmt yuv444p";

bool begins_with(std::string_view text, std::string_view beginning) {
  return text.substr(0, beginning.size()) == beginning;
}

/// These libraries refuse pictures that do not end on a whole chroma sample.
bool wants_whole_chroma(std::string_view name) {
  return begins_with(name, "libx264") || name == "libx265" || name == "libsvtav1" || begins_with(name, "h264_") ||
         begins_with(name, "hevc_") || begins_with(name, "av1_");
}

/// Best encoders of each codec, and of last resort.
std::vector<std::string> names_for(AVCodecID codec) {
  switch (codec) {
    case AV_CODEC_ID_H264:
      return {"libx264rgb", "libx264"};
    case AV_CODEC_ID_HEVC:
      return {"libx265"};
    case AV_CODEC_ID_AV1:
      return {"libsvtav1", "libaom-av1"};
    case AV_CODEC_ID_VP9:
      return {"libvpx-vp9"};
    case AV_CODEC_ID_VP8:
      return {"libvpx"};
    case AV_CODEC_ID_PRORES:
      return {"prores_ks"};
    case AV_CODEC_ID_CINEPAK:  // hours for a minute, and worse than its source
      return {};
    default:
      break;
  }
  const CodecHandle encoder = avcodec_find_encoder(codec);
  if (!encoder || encoder->type != AVMEDIA_TYPE_VIDEO || (encoder->capabilities & AV_CODEC_CAP_EXPERIMENTAL)) return {};
  return {encoder->name};
}

bool is_lossless(AVCodecID codec) {
  const AVCodecDescriptor* descriptor = avcodec_descriptor_get(codec);
  return descriptor && (descriptor->props & AV_CODEC_PROP_LOSSLESS) && !(descriptor->props & AV_CODEC_PROP_LOSSY);
}

EncoderCandidate candidate_for(CodecHandle encoder, const SourceVideo& source, const WriteOptions& options,
                               const ContainerRules* rules) {
  EncoderCandidate candidate;
  candidate.encoder = encoder;
  if (options.pixel_format.empty()) {
    const bool is_raw = encoder->id == AV_CODEC_ID_RAWVIDEO && rules;
    candidate.pixels =
        choose_pixel_format(source.format, is_raw ? rules->raw_pixel_formats() : encoder_pixel_formats(*encoder));
  } else {
    const AVPixelFormat format = named_pixel_format(options.pixel_format, *encoder);
    candidate.pixels = {format, format != source.format, describe_loss(source.format, format)};
  }
  return candidate;
}

EncoderCandidate named_candidate(const SourceVideo& source, const WriteOptions& options, const ContainerRules* rules,
                                 AVCodecID picture_codec) {
  const CodecHandle encoder = avcodec_find_encoder_by_name(options.codec.c_str());
  if (!encoder || encoder->type != AVMEDIA_TYPE_VIDEO)
    throw Error(ExitCode::kUsage, "there is no video encoder " + printable(options.codec),
                "ffmpeg -encoders lists what this system's libav has");
  if (rules && !rules->holds_video(encoder->id)) {
    const std::string other = suggest_container(StreamKind::kVideo, encoder->id);
    throw Error(ExitCode::kUsage, rules->name() + " does not hold " + codec_name(encoder->id) + " video",
                other.empty() ? "choose another -c:v" : "write to a " + other + " file, or choose another -c:v");
  }
  if (!rules && encoder->id != picture_codec)
    throw Error(ExitCode::kUsage,
                std::string(encoder->name) + " does not make " + codec_name(picture_codec) + " pictures",
                "leave -c:v away, or write to a video file");
  EncoderCandidate candidate = candidate_for(encoder, source, options, rules);
  if (candidate.pixels.format == AV_PIX_FMT_NONE)
    throw Error(ExitCode::kUsage, std::string(encoder->name) + " takes no pixel format we can convert to",
                "choose another -c:v");
  const std::string reason = reason_against(*encoder, candidate.pixels.format, source.width, source.height);
  if (!reason.empty()) throw Error(ExitCode::kUsage, reason, kOddSizeAdvice);
  return candidate;
}

std::vector<std::string> automatic_names(const SourceVideo& source, const ContainerRules* rules,
                                         AVCodecID picture_codec) {
  if (!rules) return names_for(picture_codec);
  std::vector<std::string> names;
  if (!source.is_picture) names = names_for(source.codec);
  // What was kept without loss stays so, in another codec if it has to be.
  if (!source.is_picture && is_lossless(source.codec)) names.emplace_back("ffv1");
  for (const char* name : {"libx264", "libvpx-vp9", "libaom-av1", "ffv1", "mpeg4"}) names.emplace_back(name);
  const AVCodecID usual = rules->format()->video_codec;  // for containers that hold none of the above
  for (const std::string& name : names_for(usual)) names.push_back(name);
  return names;
}

}  // namespace

std::string reason_against(const AVCodec& encoder, AVPixelFormat format, int width, int height) {
  const std::string name = encoder.name;
  const std::string size = std::to_string(width) + "x" + std::to_string(height);
  const AVPixFmtDescriptor& pixels = *av_pix_fmt_desc_get(format);
  const int columns = 1 << pixels.log2_chroma_w;
  const int rows = 1 << pixels.log2_chroma_h;
  if (wants_whole_chroma(name) && (width % columns != 0 || height % rows != 0))
    return name + " does not take the odd size " + size + " in " + pixels.name;
  constexpr int kLeastSvtSide = 64;  // SVT-AV1 says so and does not always survive finding out
  if (name == "libsvtav1" && (width < kLeastSvtSide || height < kLeastSvtSide))
    return name + " does not take pictures as small as " + size;
  return {};
}

std::vector<EncoderCandidate> encoder_candidates(const SourceVideo& source, const WriteOptions& options,
                                                 const ContainerRules* rules, AVCodecID picture_codec) {
  if (!options.codec.empty()) return {named_candidate(source, options, rules, picture_codec)};
  std::vector<EncoderCandidate> found;
  for (const std::string& name : automatic_names(source, rules, picture_codec)) {
    const CodecHandle encoder = avcodec_find_encoder_by_name(name.c_str());
    if (!encoder || (rules && !rules->holds_video(encoder->id))) continue;
    if (name == "libx264rgb" && !is_rgb(source.format)) continue;
    EncoderCandidate candidate;
    try {
      candidate = candidate_for(encoder, source, options, rules);
    } catch (const Error&) {  // it does not take the pixel format that the user named; another one may
      continue;
    }
    if (candidate.pixels.format == AV_PIX_FMT_NONE) continue;
    if (reason_against(*encoder, candidate.pixels.format, source.width, source.height).empty())
      found.push_back(candidate);
  }
  if (found.empty())
    throw Error(ExitCode::kUsage,
                "no encoder for this video" + (rules ? " that " + rules->name() + " holds" : std::string()) +
                    (options.pixel_format.empty() ? "" : " takes " + printable(options.pixel_format)),
                "write to a .mkv file, or choose -c:v and --pix-fmt yourself");
  // The source's own codec without loss, then with loss, then other codecs in the order above.
  const AVCodecID own = rules ? source.codec : picture_codec;
  std::stable_sort(found.begin(), found.end(), [own](const EncoderCandidate& left, const EncoderCandidate& right) {
    const auto rank = [own](const EncoderCandidate& candidate) {
      if (candidate.encoder->id != own) return 2;
      return candidate.pixels.loss.empty() ? 0 : 1;
    };
    return rank(left) < rank(right);
  });
  return found;
}

}  // namespace reelface
