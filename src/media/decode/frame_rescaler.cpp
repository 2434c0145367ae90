// SPDX-License-Identifier: Apache-2.0
#include "media/decode/frame_rescaler.h"

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <cstddef>
#include <new>
#include <string>
#include <utility>

#include "media/decode/canvas_fit.h"
#include "media/libav/error.h"
#include "media/libav/fitted_picture.h"
#include "media/libav/frame_storage.h"

namespace reelface {
namespace {

// A header that counts the samples which the decoder cuts off at the edges announces no larger picture.
constexpr double kSurelyLarger = 1.25;

std::string shape_in_words(int width, int height, int format) {
  const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(format));
  return std::to_string(width) + "x" + std::to_string(height) + " " + (name ? name : "?");
}

/// Room for a picture, with everything that is known of another.
FramePtr new_picture_like(const AVFrame& known, int width, int height, int format) {
  FramePtr frame = new_frame();
  frame->width = width;
  frame->height = height;
  frame->format = format;
  check_libav(av_frame_get_buffer(frame.get(), 0), "scaling a picture", ExitCode::kOutOfMemory);
  check_libav(av_frame_copy_props(frame.get(), &known), "scaling a picture", ExitCode::kInternal);
  return frame;
}

[[noreturn]] void fail_to_fit(const std::string& from, const std::string& to) {
  throw Error(ExitCode::kInputUnreadable, "the video changes from " + to + " to " + from + " and cannot be fitted",
              "split the input where it changes");
}

}  // namespace

FrameRescaler::Shape FrameRescaler::shape_of(const AVFrame& frame) {
  const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  const bool is_rgb = description && (description->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
  const AVRational aspect = frame.sample_aspect_ratio;
  return {frame.width, frame.height, frame.format, !is_rgb && frame.color_range == AVCOL_RANGE_JPEG,
          aspect.num > 0 && aspect.den > 0 ? av_q2d(aspect) : 1.0};
}

void FrameRescaler::settle_target(const AVFrame& first) {
  target_ = shape_of(first);
  target_aspect_ = first.sample_aspect_ratio;
  target_range_ = first.color_range;
  if (settled_) {
    target_.width = settled_->width;
    target_.height = settled_->height;
    target_aspect_ = to_libav(settled_->sample_aspect_ratio);
    target_.pixel_aspect = target_aspect_.num > 0 && target_aspect_.den > 0 ? av_q2d(target_aspect_) : 1.0;
    return;
  }
  if (announced_.width < kSurelyLarger * first.width || announced_.height < kSurelyLarger * first.height) return;
  const double announced = static_cast<double>(announced_.width) / announced_.height;
  if (!is_one_shape(announced, static_cast<double>(first.width) / first.height)) return;
  target_.width = announced_.width;
  target_.height = announced_.height;
}

PictureArea FrameRescaler::place_of(const Shape& source) const {
  const Canvas canvas{target_.width, target_.height, from_libav(target_aspect_), {}};
  return area_on(canvas, source.aspect(), sample_steps(target_.format));
}

void FrameRescaler::set_up(const AVFrame& from) {
  source_ = shape_of(from);
  place_ = place_of(source_);
  scaler_.reset(sws_alloc_context());
  if (!scaler_) throw std::bad_alloc();
  // The ranges have to be known before the scaler is made: without them it may choose a shortcut that ignores them.
  const std::pair<const char*, int> settings[] = {
      {"srcw", source_.width},
      {"srch", source_.height},
      {"src_format", source_.format},
      {"src_range", source_.is_full_range},
      {"dstw", place_.width},
      {"dsth", place_.height},
      {"dst_format", target_.format},
      {"dst_range", target_.is_full_range},
      {"sws_flags", SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_BITEXACT}};
  int result = 0;
  for (const auto& [name, value] : settings) {
    if (result >= 0) result = av_opt_set_int(scaler_.get(), name, value, 0);
  }
  if (result >= 0) result = sws_init_context(scaler_.get(), nullptr, nullptr);
  if (result < 0) {
    fail_to_fit(shape_in_words(source_.width, source_.height, source_.format),
                shape_in_words(target_.width, target_.height, target_.format));
  }
  const int* matrix = sws_getCoefficients(from.colorspace == AVCOL_SPC_UNSPECIFIED ? SWS_CS_DEFAULT : from.colorspace);
  // Fails for conversions that need no matrix, which is what we would have it do.
  static_cast<void>(sws_setColorspaceDetails(scaler_.get(), matrix, source_.is_full_range, matrix,
                                             target_.is_full_range, 0, 1 << 16, 1 << 16));
}

bool FrameRescaler::is_stored_as_placed(const Shape& shape) const {
  return shape.width == place_.width && shape.height == place_.height && shape.format == target_.format &&
         shape.is_full_range == target_.is_full_range;
}

FramePtr FrameRescaler::scaled(const AVFrame& frame) const {
  FramePtr picture = new_picture_like(frame, place_.width, place_.height, target_.format);
  check_libav(sws_scale(scaler_.get(), frame.data, frame.linesize, 0, frame.height, picture->data, picture->linesize),
              "scaling a picture", ExitCode::kInternal);
  return picture;
}

/// The picture is scaled for itself first: the scaler may write some samples past a row's end.
FramePtr FrameRescaler::between_bars(const AVFrame& picture) const {
  FramePtr canvas = new_picture_like(picture, target_.width, target_.height, target_.format);
  const auto format = static_cast<AVPixelFormat>(target_.format);
  std::ptrdiff_t strides[4];
  std::copy(canvas->linesize, canvas->linesize + 4, strides);
  const AVColorRange range = target_.is_full_range ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
  if (av_image_fill_black(canvas->data, strides, format, range, target_.width, target_.height) < 0) {
    fail_to_fit(shape_in_words(source_.width, source_.height, source_.format),
                shape_in_words(target_.width, target_.height, target_.format));
  }
  const AVPixFmtDescriptor& description = *av_pix_fmt_desc_get(format);
  std::uint8_t* inside[4] = {};
  const std::uint8_t* from[4] = {};
  for (int plane = 0; plane < 4 && canvas->data[plane]; ++plane) {
    const bool is_chroma = plane == 1 || plane == 2;
    const int row = is_chroma ? place_.y >> description.log2_chroma_h : place_.y;
    inside[plane] = canvas->data[plane] + row * strides[plane] + av_image_get_linesize(format, place_.x, plane);
    from[plane] = picture.data[plane];
  }
  av_image_copy(inside, canvas->linesize, from, picture.linesize, format, place_.width, place_.height);
  return canvas;
}

FramePtr FrameRescaler::fit(FramePtr frame) {
  if (target_.format < 0) settle_target(*frame);
  const Shape shape = shape_of(*frame);
  // Television goes from 4:3 to 16:9 with the same samples: then only their aspect changes.
  if (shape.is_stored_like(target_) && is_one_shape(shape.aspect(), target_.aspect())) return frame;
  if (!shape.is_stored_like(source_) || shape.pixel_aspect != source_.pixel_aspect) set_up(*frame);
  // As it is where nothing is to be scaled: the scaler's own copies leave out half of NV12's chroma.
  FramePtr fitted = is_stored_as_placed(shape) ? reference_frame(*frame) : scaled(*frame);
  if (!fills_target()) {
    fitted = between_bars(*fitted);
    ++boxed_;
  }
  fitted->sample_aspect_ratio = target_aspect_;
  fitted->color_range = target_range_;
  FittedPicture note = fitted_of(*frame).value_or(FittedPicture{{}, shape.width, shape.height, 0});
  note.area = place_;
  note_fitted(*fitted, note);
  ++rescaled_;
  if (shape.format != target_.format || shape.is_full_range != target_.is_full_range) ++reformatted_;
  return fitted;
}

}  // namespace reelface
