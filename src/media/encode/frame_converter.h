// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/libav/ptr.h"
#include "reelface/image/frame.h"

namespace reelface {

/// What the encoder wants to be given.
struct PictureFormat {
  int width = 0;
  int height = 0;
  AVPixelFormat format = AV_PIX_FMT_NONE;
  ColourFacts colour;
};

/// An AVFrame for the encoder with the Frame's stamps, colour and field facts. Shares the samples when the Frame is
/// libav's own, else copies them.
FramePtr to_encoder_frame(const Frame& frame);

/// The matrix samples are computed with where the file says nothing: what broadcast practice says for that height.
ColourMatrix assumed_matrix(ColourMatrix matrix, int height);

/// Brings pictures into the encoder's format and size; hands through, untouched, what is right already.
/// Fields of interlaced pictures are converted apart, or their colours would mix. Thread-safety: one call at a time.
class FrameConverter {
 public:
  explicit FrameConverter(PictureFormat target) : target_(target) {}

  FramePtr convert(FramePtr frame);

 private:
  void prepare_scaler(const AVFrame& source, bool by_fields);

  PictureFormat target_;
  PictureFormat source_;  ///< what scaler_ was made for
  bool by_fields_ = false;
  ScalerPtr scaler_;
};

}  // namespace reelface
