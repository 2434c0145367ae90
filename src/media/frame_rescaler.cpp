#include "media/frame_rescaler.h"

extern "C" {
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

#include <new>
#include <string>
#include <utility>

#include "media/libav_error.h"
#include "media/libav_frame_storage.h"

namespace reelface {
namespace {

std::string shape_in_words(int width, int height, int format) {
  const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(format));
  return std::to_string(width) + "x" + std::to_string(height) + " " + (name ? name : "?");
}

}  // namespace

FrameRescaler::Shape FrameRescaler::shape_of(const AVFrame& frame) {
  const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  const bool is_rgb = description && (description->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
  return {frame.width, frame.height, frame.format, !is_rgb && frame.color_range == AVCOL_RANGE_JPEG};
}

void FrameRescaler::set_up(const AVFrame& from) {
  source_ = shape_of(from);
  scaler_.reset(sws_alloc_context());
  if (!scaler_) throw std::bad_alloc();
  // The ranges have to be known before the scaler is made: without them it may choose a shortcut that ignores them.
  const std::pair<const char*, int> settings[] = {
      {"srcw", source_.width},
      {"srch", source_.height},
      {"src_format", source_.format},
      {"src_range", source_.is_full_range},
      {"dstw", target_.width},
      {"dsth", target_.height},
      {"dst_format", target_.format},
      {"dst_range", target_.is_full_range},
      {"sws_flags", SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_BITEXACT}};
  int result = 0;
  for (const auto& [name, value] : settings) {
    if (result >= 0) result = av_opt_set_int(scaler_.get(), name, value, 0);
  }
  if (result >= 0) result = sws_init_context(scaler_.get(), nullptr, nullptr);
  if (result < 0) {
    throw Error(ExitCode::kInputUnreadable,
                "the video changes from " + shape_in_words(target_.width, target_.height, target_.format) + " to " +
                    shape_in_words(source_.width, source_.height, source_.format) + " and cannot be fitted",
                "split the input where it changes");
  }
  const int* matrix = sws_getCoefficients(from.colorspace == AVCOL_SPC_UNSPECIFIED ? SWS_CS_DEFAULT : from.colorspace);
  // Fails for conversions that need no matrix, which is what we would have it do.
  static_cast<void>(sws_setColorspaceDetails(scaler_.get(), matrix, source_.is_full_range, matrix,
                                             target_.is_full_range, 0, 1 << 16, 1 << 16));
}

FramePtr FrameRescaler::fit(FramePtr frame) {
  const Shape shape = shape_of(*frame);
  if (target_.format < 0) {
    target_ = shape;
    target_aspect_ = frame->sample_aspect_ratio;
    target_range_ = frame->color_range;
  }
  if (shape == target_) return frame;
  if (!(shape == source_)) set_up(*frame);
  FramePtr fitted = new_frame();
  fitted->width = target_.width;
  fitted->height = target_.height;
  fitted->format = target_.format;
  check_libav(av_frame_get_buffer(fitted.get(), 0), "scaling a picture", ExitCode::kOutOfMemory);
  check_libav(av_frame_copy_props(fitted.get(), frame.get()), "scaling a picture", ExitCode::kInternal);
  fitted->sample_aspect_ratio = target_aspect_;
  fitted->color_range = target_range_;
  check_libav(sws_scale(scaler_.get(), frame->data, frame->linesize, 0, frame->height, fitted->data, fitted->linesize),
              "scaling a picture", ExitCode::kInternal);
  ++rescaled_;
  return fitted;
}

}  // namespace reelface
