// SPDX-License-Identifier: Apache-2.0
#include "media/encode/frame_converter.h"

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
}

#include <array>
#include <cstddef>
#include <new>
#include <utility>

#include "media/libav/compat.h"
#include "media/libav/error.h"
#include "media/libav/frame_storage.h"
#include "media/libav/pixel_description.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

FramePtr allocate_picture(int width, int height, AVPixelFormat format) {
  FramePtr picture = new_frame();
  picture->width = width;
  picture->height = height;
  picture->format = format;
  check_libav(av_frame_get_buffer(picture.get(), 0), "allocating a picture", ExitCode::kOutOfMemory);
  return picture;
}

FramePtr copy_samples(const Frame& frame) {
  const FrameFacts& facts = frame.facts();
  const AVPixelFormat format = av_get_pix_fmt(facts.layout.name.c_str());
  if (format == AV_PIX_FMT_NONE)
    throw Error(ExitCode::kInternal, "a picture has the unknown pixel format " + facts.layout.name);
  FramePtr picture = allocate_picture(facts.width, facts.height, format);
  for (int i = 0; i < facts.layout.plane_count; ++i) {
    const Plane plane = frame.plane(i);
    const int bytes = av_image_get_linesize(format, facts.width, i);
    av_image_copy_plane(picture->data[i], picture->linesize[i], plane.data, static_cast<int>(plane.stride), bytes,
                        plane.height);
  }
  return picture;
}

bool is_full_range(const ColourFacts& colour, AVPixelFormat format) {
  if (is_rgb(format) || av_pix_fmt_desc_get(format)->nb_components < 3)
    return colour.range != ColourRange::kLimited;  // libav takes RGB and grey as full range unless told otherwise
  return colour.range == ColourRange::kFull;
}

const int* coefficients(ColourMatrix matrix, int height) {
  return sws_getCoefficients(static_cast<int>(assumed_matrix(matrix, height)));
}

}  // namespace

ColourMatrix assumed_matrix(ColourMatrix matrix, int height) {
  switch (matrix) {
    case ColourMatrix::kUnspecified:
    case ColourMatrix::kRgb:
    case ColourMatrix::kYcgco:
      return height > 576 ? ColourMatrix::kBt709 : ColourMatrix::kSmpte170m;
    default:
      return matrix;
  }
}

FramePtr to_encoder_frame(const Frame& frame) {
  const AVFrame* inside = libav_frame(frame);
  FramePtr picture = inside ? reference_frame(*inside) : copy_samples(frame);
  const FrameFacts& facts = frame.facts();
  picture->pts = facts.pts;
  set_frame_duration(*picture, facts.duration);
  picture->color_primaries = static_cast<AVColorPrimaries>(facts.colour.primaries);
  picture->color_trc = static_cast<AVColorTransferCharacteristic>(facts.colour.transfer);
  picture->colorspace = static_cast<AVColorSpace>(facts.colour.matrix);
  picture->color_range = static_cast<AVColorRange>(facts.colour.range);
  picture->chroma_location = static_cast<AVChromaLocation>(facts.colour.chroma_location);
  picture->sample_aspect_ratio = to_libav(facts.sample_aspect_ratio);
  set_field_order(*picture, facts.interlaced, facts.top_field_first);
  // The type the picture had in the source must not be forced on our encoder.
  picture->pict_type = AV_PICTURE_TYPE_NONE;
  return picture;
}

void FrameConverter::prepare_scaler(const AVFrame& source, bool by_fields) {
  const PictureFormat wanted{source.width, source.height, static_cast<AVPixelFormat>(source.format), colour_of(source)};
  const bool fits = scaler_ && by_fields == by_fields_ && wanted.width == source_.width &&
                    wanted.height == source_.height && wanted.format == source_.format &&
                    wanted.colour.matrix == source_.colour.matrix && wanted.colour.range == source_.colour.range;
  if (fits) return;
  source_ = wanted;
  by_fields_ = by_fields;
  const int parts = by_fields ? 2 : 1;
  const int flags = SWS_LANCZOS | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP | SWS_BITEXACT;
  scaler_.reset(sws_getContext(wanted.width, wanted.height / parts, wanted.format, target_.width,
                               target_.height / parts, target_.format, flags, nullptr, nullptr, nullptr));
  if (!scaler_)
    throw Error(ExitCode::kUsage,
                std::string("no conversion from ") + av_get_pix_fmt_name(wanted.format) + " to " +
                    av_get_pix_fmt_name(target_.format),
                "choose another --pix-fmt or -c:v");
  const ColourMatrix target_matrix = is_rgb(target_.format)
                                         ? wanted.colour.matrix
                                         : (is_rgb(wanted.format) ? target_.colour.matrix : wanted.colour.matrix);
  sws_setColorspaceDetails(scaler_.get(), coefficients(wanted.colour.matrix, wanted.height),
                           is_full_range(wanted.colour, wanted.format), coefficients(target_matrix, wanted.height),
                           is_full_range(target_.colour, target_.format), 0, 1 << 16, 1 << 16);
}

FramePtr FrameConverter::convert(FramePtr frame) {
  const auto format = static_cast<AVPixelFormat>(frame->format);
  const bool range_differs =
      is_full_range(colour_of(*frame), format) != is_full_range(target_.colour, target_.format) &&
      frame->color_range != AVCOL_RANGE_UNSPECIFIED && target_.colour.range != ColourRange::kUnspecified;
  if (frame->width == target_.width && frame->height == target_.height && format == target_.format && !range_differs)
    return frame;
  const bool by_fields = is_interlaced(*frame) && frame->height % 4 == 0 && target_.height % 4 == 0;
  prepare_scaler(*frame, by_fields);
  FramePtr picture = allocate_picture(target_.width, target_.height, target_.format);
  check_libav(av_frame_copy_props(picture.get(), frame.get()), "copying a picture's properties", ExitCode::kInternal);
  picture->colorspace = static_cast<AVColorSpace>(target_.colour.matrix);
  picture->color_range = static_cast<AVColorRange>(target_.colour.range);
  const int parts = by_fields ? 2 : 1;
  for (int part = 0; part < parts; ++part) {
    std::array<const std::uint8_t*, 4> from{};
    std::array<std::uint8_t*, 4> to{};
    std::array<int, 4> from_strides{};
    std::array<int, 4> to_strides{};
    for (std::size_t plane = 0; plane < 4; ++plane) {
      const bool is_palette = plane == 1 && format == AV_PIX_FMT_PAL8;
      const std::ptrdiff_t from_offset = is_palette ? 0 : std::ptrdiff_t{part} * frame->linesize[plane];
      const std::ptrdiff_t to_offset = std::ptrdiff_t{part} * picture->linesize[plane];
      from[plane] = frame->data[plane] ? frame->data[plane] + from_offset : nullptr;
      to[plane] = picture->data[plane] ? picture->data[plane] + to_offset : nullptr;
      from_strides[plane] = frame->linesize[plane] * parts;
      to_strides[plane] = picture->linesize[plane] * parts;
    }
    check_libav(sws_scale(scaler_.get(), from.data(), from_strides.data(), 0, frame->height / parts, to.data(),
                          to_strides.data()),
                "converting a picture", ExitCode::kInternal);
  }
  return picture;
}

}  // namespace reelface
