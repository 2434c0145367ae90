#include "media/frame_rescaler.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

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

void FrameRescaler::set_up(const AVFrame& from) {
  source_ = shape_of(from);
  scaler_.reset(sws_getContext(source_.width, source_.height, static_cast<AVPixelFormat>(source_.format), target_.width,
                               target_.height, static_cast<AVPixelFormat>(target_.format),
                               SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_BITEXACT, nullptr, nullptr,
                               nullptr));
  if (!scaler_) {
    throw Error(ExitCode::kInputUnreadable,
                "the video changes from " + shape_in_words(target_.width, target_.height, target_.format) + " to " +
                    shape_in_words(source_.width, source_.height, source_.format) + " and cannot be fitted",
                "split the input where it changes");
  }
  const int* matrix = sws_getCoefficients(from.colorspace == AVCOL_SPC_UNSPECIFIED ? SWS_CS_DEFAULT : from.colorspace);
  const int from_full = from.color_range == AVCOL_RANGE_JPEG;
  const int to_full = target_range_ == AVCOL_RANGE_UNSPECIFIED ? from_full : target_range_ == AVCOL_RANGE_JPEG;
  // Fails for conversions that need no matrix, which is what we would have it do.
  static_cast<void>(sws_setColorspaceDetails(scaler_.get(), matrix, from_full, matrix, to_full, 0, 1 << 16, 1 << 16));
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
  if (target_range_ != AVCOL_RANGE_UNSPECIFIED) fitted->color_range = target_range_;
  check_libav(sws_scale(scaler_.get(), frame->data, frame->linesize, 0, frame->height, fitted->data, fitted->linesize),
              "scaling a picture", ExitCode::kInternal);
  ++rescaled_;
  return fitted;
}

}  // namespace reelface
