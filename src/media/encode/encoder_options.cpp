// SPDX-License-Identifier: Apache-2.0
#include "media/encode/encoder_options.h"

extern "C" {
#include <libavutil/cpu.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "media/libav/error.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

bool knows(AVCodecContext& context, const std::string& key) {
  return av_opt_find(&context, key.c_str(), nullptr, AV_OPT_FLAG_ENCODING_PARAM, AV_OPT_SEARCH_CHILDREN) != nullptr;
}

void set_option(AVCodecContext& context, const std::string& key, const std::string& value) {
  const int result = av_opt_set(&context, key.c_str(), value.c_str(), AV_OPT_SEARCH_CHILDREN);
  if (result < 0)
    throw Error(ExitCode::kUsage,
                std::string(context.codec->name) + " does not take " + printable(value) + " for " + printable(key),
                "see ffmpeg -h encoder=" + std::string(context.codec->name));
}

void set_if_known(AVCodecContext& context, const char* key, const std::string& value) {
  if (knows(context, key)) set_option(context, key, value);
}

std::string plain_number(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

bool has_quantiser_scale(AVCodecID codec) {
  switch (codec) {
    case AV_CODEC_ID_MPEG1VIDEO:
    case AV_CODEC_ID_MPEG2VIDEO:
    case AV_CODEC_ID_MPEG4:
    case AV_CODEC_ID_MJPEG:
    case AV_CODEC_ID_H261:
    case AV_CODEC_ID_H263:
    case AV_CODEC_ID_H263P:
    case AV_CODEC_ID_FLV1:
    case AV_CODEC_ID_MSMPEG4V2:
    case AV_CODEC_ID_MSMPEG4V3:
    case AV_CODEC_ID_WMV1:
    case AV_CODEC_ID_WMV2:
    case AV_CODEC_ID_THEORA:
      return true;
    default:
      return false;
  }
}

void set_constant_quantiser(AVCodecContext& context, int quantiser) {
  context.flags |= AV_CODEC_FLAG_QSCALE;
  context.global_quality = FF_QP2LAMBDA * quantiser;
}

std::string generous_bit_rate(const AVCodecContext& context) {
  constexpr double kBitsPerPixel = 0.2;
  const double rate = kBitsPerPixel * context.width * context.height * av_q2d(context.framerate);
  return std::to_string(std::clamp<long long>(std::llround(rate), 200'000, 80'000'000));
}

/// Constant quality by the libraries' own scales.
void set_default_quality(AVCodecContext& context) {
  const std::string_view name = context.codec->name;
  if (name == "libx264" || name == "libx264rgb") set_option(context, "crf", "18");
  if (name == "libx265") set_option(context, "crf", "20");
  if (name == "libsvtav1" || name == "libaom-av1" || name == "libvpx-vp9") set_option(context, "crf", "24");
  if (name == "libaom-av1" || name == "libvpx-vp9") context.bit_rate = 0;  // else CRF is only a lower bound
  if (name == "libvpx") {  // VP8 has constant quality only under a bit rate
    set_option(context, "crf", "8");
    set_option(context, "b", generous_bit_rate(context));
  }
  if (name.find("_nvenc") != std::string_view::npos) {
    set_if_known(context, "rc", "vbr");
    set_if_known(context, "cq", "19");
    context.bit_rate = 0;
  }
  if (name == "libwebp") set_option(context, "lossless", "1");
  constexpr int kBestUsefulQuantiser = 2;
  constexpr int kTheoraQuality = 9;  // of 10, and the other way round
  if (has_quantiser_scale(context.codec_id))
    set_constant_quantiser(context, context.codec_id == AV_CODEC_ID_THEORA ? kTheoraQuality : kBestUsefulQuantiser);
}

void set_default_speed(AVCodecContext& context) {
  const std::string_view name = context.codec->name;
  if (name == "libsvtav1") set_option(context, "preset", "7");
  if (name == "libaom-av1") set_option(context, "cpu-used", "6");
  if (name == "libvpx-vp9") set_option(context, "cpu-used", "3");
  if (name == "libvpx") set_option(context, "cpu-used", "2");
  if (name == "libaom-av1" || name == "libvpx-vp9") set_option(context, "row-mt", "1");
}

void set_profile(AVCodecContext& context, const SourceVideo& source) {
  const std::string_view name = context.codec->name;
  const bool same_codec = context.codec_id == source.codec;
  if (name == "prores_ks" && same_codec && source.profile >= 0)
    set_option(context, "profile", std::to_string(source.profile));
  if (name == "dnxhd") {
    const bool ten_bit = av_pix_fmt_desc_get(context.pix_fmt)->comp[0].depth > 8;
    const bool full_chroma = av_pix_fmt_desc_get(context.pix_fmt)->log2_chroma_w == 0;
    set_option(context, "profile", full_chroma ? "dnxhr_444" : ten_bit ? "dnxhr_hqx" : "dnxhr_hq");
  }
  if (name == "ffv1") {
    context.level = 3;
    context.gop_size = 1;  // every picture stands alone: archives want that, and damage stays in one picture
    set_option(context, "slicecrc", "1");
  }
}

/// Our own parameters first, so that the user's win.
void add_library_parameters(AVCodecContext& context, const std::string& key, const std::string& ours,
                            OptionList& user_options) {
  if (ours.empty() || !knows(context, key)) return;
  std::string parameters = ours;
  for (auto& [name, value] : user_options)
    if (name == key) parameters += ":" + value;
  user_options.erase(std::remove_if(user_options.begin(), user_options.end(),
                                    [&key](const auto& option) { return option.first == key; }),
                     user_options.end());
  set_option(context, key, parameters);
}

/// x264's AVX-512 code reads memory nobody has written for most picture widths, so that the same work gives other bytes
/// each time (found with x264 164; the code for AVX2 is sound). A list of what to use is the only way to leave it out.
std::string sound_x264_instructions() {
#if defined(__x86_64__) || defined(__i386__)
  if (av_get_cpu_flags() & AV_CPU_FLAG_AVX512) return "asm=MMX2,SSE2Fast,LZCNT,SSSE3,SSE4.2,AVX,FMA3,BMI1,BMI2,AVX2";
#endif
  return {};
}

void set_library_parameters(AVCodecContext& context, const SourceVideo& source, OptionList& user_options) {
  const std::string name = context.codec->name;
  const std::string hdr = hdr_parameters(name, source.hdr);
  const std::string threads = std::to_string(std::max(context.thread_count, 1));
  const auto joined = [&hdr](const std::string& more) {
    return hdr.empty() || more.empty() ? hdr + more : hdr + ":" + more;
  };
  // These two start a thread for every core whatever libav is told, and talk to stderr past libav's log; SVT-AV1 is
  // told not to by quiet_encoders().
  if (name == "libx265")
    add_library_parameters(context, "x265-params", joined("log-level=error:pools=" + threads), user_options);
  if (name == "libsvtav1") add_library_parameters(context, "svtav1-params", joined("lp=" + threads), user_options);
  if (name == "libx264" || name == "libx264rgb")
    add_library_parameters(context, "x264-params", joined(sound_x264_instructions()), user_options);
}

/// Whether the user steers rate or quality through the encoder's own options; a default of ours beside these would win
/// over some of them (libx264 takes crf before qp).
bool sets_rate(const OptionList& user_options) {
  constexpr std::array<std::string_view, 10> kKeys{
      "b", "crf", "cq", "qp", "q", "rc", "qscale", "global_quality", "lossless", "quality"};
  return std::any_of(user_options.begin(), user_options.end(), [&](const auto& option) {
    return std::find(kKeys.begin(), kKeys.end(), option.first) != kKeys.end();
  });
}

void set_requested_quality(AVCodecContext& context, const WriteOptions& options) {
  const std::string name = context.codec->name;
  if (options.crf) {
    constexpr double kMostCrf = 255;  // beyond every encoder's scale
    if (!(*options.crf >= 0 && *options.crf <= kMostCrf))
      throw Error(ExitCode::kUsage, "--crf takes 0 to 255, not " + plain_number(*options.crf),
                  "18 is usual for libx264; higher is smaller and worse");
    const char* key = knows(context, "crf") ? "crf" : knows(context, "cq") ? "cq" : nullptr;
    if (!key) throw Error(ExitCode::kUsage, name + " has no constant rate factor", "leave --crf away, or use -b:v");
    set_option(context, key, plain_number(*options.crf));
    if (options.bit_rate.empty() && (name == "libaom-av1" || name == "libvpx-vp9")) context.bit_rate = 0;
    if (options.bit_rate.empty() && name == "libvpx") set_option(context, "b", generous_bit_rate(context));
  }
  if (!options.bit_rate.empty()) set_option(context, "b", options.bit_rate);
  if (!options.crf && options.bit_rate.empty() && !sets_rate(options.encoder_options)) set_default_quality(context);
  set_default_speed(context);
  if (options.preset.empty()) return;
  if (!knows(context, "preset"))
    throw Error(ExitCode::kUsage, name + " has no presets", "leave --preset away, or use -e with an option it has");
  set_option(context, "preset", options.preset);
}

bool is_decided_elsewhere(std::string_view key) {
  constexpr std::array<std::string_view, 5> kKeys{"pixel_format", "pix_fmt", "video_size", "time_base", "s"};
  return std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end();
}

}  // namespace

OptionList set_encoder_options(AVCodecContext& context, const SourceVideo& source, const WriteOptions& options) {
  context.thread_count = std::max(options.encoder_threads, 1);
  set_profile(context, source);
  set_requested_quality(context, options);
  OptionList user_options = options.encoder_options;
  set_library_parameters(context, source, user_options);
  OptionList unknown;
  for (const auto& [key, value] : user_options) {
    if (is_decided_elsewhere(key))
      throw Error(ExitCode::kUsage, printable(key) + " cannot be set with -e", "use --pix-fmt or --upscale");
    if (knows(context, key)) {
      set_option(context, key, value);
    } else {
      unknown.emplace_back(key, value);
    }
  }
  return unknown;
}

}  // namespace reelface
