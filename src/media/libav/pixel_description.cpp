// SPDX-License-Identifier: Apache-2.0
#include "media/libav/pixel_description.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <string>

#include "reelface/core/error.h"

namespace reelface {
namespace {

bool is_foreign_byte_order(const AVPixFmtDescriptor& description) {
  const bool wide = description.comp[0].depth > 8;
  const bool big_endian_data = (description.flags & AV_PIX_FMT_FLAG_BE) != 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  return wide && !big_endian_data;
#else
  return wide && big_endian_data;
#endif
}

/// Whether components that share a plane agree how many bytes as many columns take as share a chroma sample. They do
/// not in uyyvyy411, whose luma lies at no even steps: samples found by them would lie behind the picture's end.
bool has_even_steps(const AVPixFmtDescriptor& description) {
  if ((description.flags & AV_PIX_FMT_FLAG_RGB) != 0 || description.nb_components < 3) return true;
  const AVComponentDescriptor& luma = description.comp[0];
  for (int index = 1; index < 3; ++index) {
    const AVComponentDescriptor& chroma = description.comp[index];
    if (chroma.plane == luma.plane && chroma.step != luma.step << description.log2_chroma_w) return false;
  }
  return true;
}

/// Whether every component is whole samples of one or two bytes that the layout's fields describe completely.
bool is_editable(const AVPixFmtDescriptor& description) {
  constexpr std::uint64_t kUnfit =
      AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_FLOAT | AV_PIX_FMT_FLAG_BAYER;
  if ((description.flags & kUnfit) != 0 || is_foreign_byte_order(description)) return false;
  if (std::string(description.name).compare(0, 3, "xyz") == 0) return false;  // neither RGB nor YUV
  if (!has_even_steps(description)) return false;
  for (int index = 0; index < description.nb_components; ++index) {
    const AVComponentDescriptor& component = description.comp[index];
    if (component.depth < 8 || component.depth + component.shift > 16) return false;
    const int bytes = component.depth + component.shift > 8 ? 2 : 1;
    if (component.step < bytes) return false;
    // Two-byte samples are read as such; an odd offset would be a format that shares bytes between components.
    if (bytes == 2 && (component.offset % 2 != 0 || component.step % 2 != 0)) return false;
    if (component.depth > 8 && bytes == 1) return false;
  }
  // Mixed depths (rgb565) and components that share bytes are left alone.
  for (int index = 1; index < description.nb_components; ++index) {
    if (description.comp[index].depth != description.comp[0].depth) return false;
  }
  return true;
}

ColourFamily family_of(const AVPixFmtDescriptor& description) {
  if ((description.flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0) return ColourFamily::kRgb;
  return description.nb_components >= 3 ? ColourFamily::kYuv : ColourFamily::kGray;
}

}  // namespace

bool is_rgb(AVPixelFormat format) {
  return (av_pix_fmt_desc_get(format)->flags & AV_PIX_FMT_FLAG_RGB) != 0;
}

AVPixelFormat without_range_in_name(AVPixelFormat format) {
  switch (format) {
    case AV_PIX_FMT_YUVJ420P:
      return AV_PIX_FMT_YUV420P;
    case AV_PIX_FMT_YUVJ422P:
      return AV_PIX_FMT_YUV422P;
    case AV_PIX_FMT_YUVJ444P:
      return AV_PIX_FMT_YUV444P;
    case AV_PIX_FMT_YUVJ440P:
      return AV_PIX_FMT_YUV440P;
    case AV_PIX_FMT_YUVJ411P:
      return AV_PIX_FMT_YUV411P;
    default:
      return format;
  }
}

PixelLayout describe_pixel_format(AVPixelFormat format) {
  const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(without_range_in_name(format));
  if (!description || (description->flags & AV_PIX_FMT_FLAG_HWACCEL) != 0) {
    throw Error(ExitCode::kInternal,
                "pixel format " + std::to_string(static_cast<int>(format)) + " has no samples in memory");
  }
  PixelLayout layout;
  layout.name = description->name;
  layout.family = family_of(*description);
  layout.component_count = description->nb_components;
  layout.has_alpha = (description->flags & AV_PIX_FMT_FLAG_ALPHA) != 0;
  if (layout.family == ColourFamily::kYuv) {
    layout.chroma_shift_x = description->log2_chroma_w;
    layout.chroma_shift_y = description->log2_chroma_h;
  }
  layout.editable = is_editable(*description);
  for (int index = 0; index < description->nb_components; ++index) {
    const AVComponentDescriptor& from = description->comp[index];
    layout.components[static_cast<std::size_t>(index)] = {from.plane, from.step, from.offset, from.shift, from.depth};
    layout.plane_count = std::max(layout.plane_count, from.plane + 1);
  }
  return layout;
}

}  // namespace reelface
