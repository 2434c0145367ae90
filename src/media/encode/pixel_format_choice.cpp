// SPDX-License-Identifier: Apache-2.0
#include "media/encode/pixel_format_choice.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <tuple>

#include "media/libav/compat.h"
#include "media/libav/pixel_description.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

bool holds_rgb(const AVPixFmtDescriptor& format) {
  return (format.flags & AV_PIX_FMT_FLAG_RGB) != 0;
}
bool has_alpha(const AVPixFmtDescriptor& format) {
  return (format.flags & AV_PIX_FMT_FLAG_ALPHA) != 0;
}

// libav's loss flags call RGB to YUV a loss of nothing when depths agree; ours has to be exact, so it is computed here.
struct Loss {
  bool colour_model = false;
  bool colour = false;
  int depth = 0;  ///< most bits lost by a component
  bool chroma = false;
  bool alpha = false;

  int count() const { return 64 * colour + 48 * colour_model + 2 * depth + 16 * alpha + 8 * chroma; }
};

Loss loss_between(AVPixelFormat from_format, AVPixelFormat to_format) {
  const AVPixFmtDescriptor& from = *av_pix_fmt_desc_get(from_format);
  const AVPixFmtDescriptor& to = *av_pix_fmt_desc_get(to_format);
  const bool from_palette = (from.flags & AV_PIX_FMT_FLAG_PAL) != 0;
  const bool from_gray = from.nb_components < 3 && !from_palette;
  const bool to_gray = to.nb_components < 3;
  Loss loss;
  loss.colour = (to_gray && !from_gray) || (to.flags & AV_PIX_FMT_FLAG_PAL);
  // Grey samples are luma as they are; turning them into RGB changes nothing but their number either.
  loss.colour_model = !loss.colour && !from_gray && (holds_rgb(from) || from_palette) != holds_rgb(to);
  const int components = std::min(from.nb_components, to.nb_components);
  for (int i = 0; i < components; ++i) loss.depth = std::max(loss.depth, from.comp[i].depth - to.comp[i].depth);
  loss.chroma = !from_gray && !to_gray && !holds_rgb(to) &&
                (to.log2_chroma_w > from.log2_chroma_w || to.log2_chroma_h > from.log2_chroma_h);
  loss.alpha = has_alpha(from) && !has_alpha(to);
  return loss;
}

int bits_in_memory(AVPixelFormat format) {
  return av_get_padded_bits_per_pixel(av_pix_fmt_desc_get(format));
}

}  // namespace

std::string describe_loss(AVPixelFormat from, AVPixelFormat to) {
  const Loss loss = loss_between(from, to);
  std::string words;
  const auto add = [&words](bool lost, const char* what) {
    if (lost) words += (words.empty() ? "" : ", ") + std::string(what);
  };
  add(loss.colour, "colour is lost");
  add(loss.colour_model, "RGB and YUV are converted into each other");
  add(loss.depth > 0, "bit depth is reduced");
  add(loss.chroma, "colour resolution is reduced");
  add(loss.alpha, "transparency is lost");
  return words;
}

PixelFormatChoice choose_pixel_format(AVPixelFormat source, const std::vector<AVPixelFormat>& accepted) {
  source = without_range_in_name(source);
  if (accepted.empty() || std::find(accepted.begin(), accepted.end(), source) != accepted.end())
    return {source, false, {}};
  // Least loss first, then least memory; the encoder's own order decides the rest.
  AVPixelFormat best = AV_PIX_FMT_NONE;
  std::tuple<int, int> best_cost;
  for (const AVPixelFormat candidate : accepted) {
    const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(candidate);
    if (!description || (description->flags & (AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BITSTREAM))) continue;
    if (without_range_in_name(candidate) != candidate || !sws_isSupportedOutput(candidate)) continue;
    const std::tuple<int, int> cost{loss_between(source, candidate).count(), bits_in_memory(candidate)};
    if (best == AV_PIX_FMT_NONE || cost < best_cost) {
      best = candidate;
      best_cost = cost;
    }
  }
  return {best, true, best == AV_PIX_FMT_NONE ? "" : describe_loss(source, best)};
}

AVPixelFormat named_pixel_format(const std::string& name, const AVCodec& encoder) {
  const AVPixelFormat format = without_range_in_name(av_get_pix_fmt(name.c_str()));
  const std::vector<AVPixelFormat> accepted = encoder_pixel_formats(encoder);
  if (format != AV_PIX_FMT_NONE &&
      (accepted.empty() || std::find(accepted.begin(), accepted.end(), format) != accepted.end()))
    return format;
  std::string list;
  for (const AVPixelFormat candidate : accepted) list += std::string(" ") + av_get_pix_fmt_name(candidate);
  throw Error(ExitCode::kUsage, std::string(encoder.name) + " does not take the pixel format " + printable(name),
              "it takes:" + list);
}

}  // namespace reelface
