// SPDX-License-Identifier: Apache-2.0
#include "media/libav/fitted_picture.h"

extern "C" {
#include <libavutil/buffer.h>
#include <libavutil/frame.h>
}

#include <cstring>
#include <new>

namespace reelface {

void note_fitted(AVFrame& frame, const FittedPicture& fitted) {
  AVBufferRef* const note = av_buffer_alloc(sizeof fitted);
  if (!note) throw std::bad_alloc();
  std::memcpy(note->data, &fitted, sizeof fitted);
  av_buffer_unref(&frame.opaque_ref);
  frame.opaque_ref = note;
}

std::optional<FittedPicture> fitted_of(const AVFrame& frame) {
  FittedPicture fitted;
  if (!frame.opaque_ref || frame.opaque_ref->size != sizeof fitted) return std::nullopt;
  std::memcpy(&fitted, frame.opaque_ref->data, sizeof fitted);
  return fitted;
}

std::optional<FittedPicture> take_fitted(AVFrame& frame) {
  const std::optional<FittedPicture> fitted = fitted_of(frame);
  av_buffer_unref(&frame.opaque_ref);
  return fitted;
}

}  // namespace reelface
