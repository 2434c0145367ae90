// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "media/libav/ptr.h"
#include "reelface/image/frame.h"

namespace reelface {

/// Samples of a libav frame. Sharing and wrapping take references; samples are copied only by make_writable(), and
/// only while someone else holds them too.
class LibavFrameStorage final : public FrameStorage {
 public:
  explicit LibavFrameStorage(FramePtr frame);

  Plane plane(int index) const override;
  void make_writable() override;
  std::unique_ptr<FrameStorage> share() const override;
  std::unique_ptr<FrameStorage> showing(const FrameStorage& other) const override;

  const AVFrame& frame() const { return *frame_; }

 private:
  FramePtr frame_;
  PixelLayout layout_;
};

/// A Frame around a decoded picture: every fact but the stream's own orientation is read from the AVFrame.
/// A display matrix on the frame itself wins over `stream_orientation`.
Frame wrap_libav_frame(FramePtr frame, Rational time_base, const DisplayOrientation& stream_orientation = {});

/// The AVFrame inside, or null for a frame in ordinary memory. The Frame's facts, not the AVFrame's fields, hold the
/// valid time stamps and colour.
const AVFrame* libav_frame(const Frame& frame);

/// Colour as the frame's fields say it.
ColourFacts colour_of(const AVFrame& frame);

/// Files may say colours that no standard knows, and decoders hand the number on; it is no value of libav's enumeration
/// and must not be read as one. Such fields become "unspecified".
void drop_unknown_colours(AVFrame& frame);

/// Another owner of the same samples and side data. Throws when memory is short.
FramePtr reference_frame(const AVFrame& frame);

/// An empty frame or packet. Throws when memory is short.
FramePtr new_frame();
PacketPtr new_packet();

/// What libav counts in where it does not say.
inline constexpr AVRational kMicroseconds{1, AV_TIME_BASE};

inline Rational from_libav(AVRational value) {
  return {value.num, value.den};
}
inline AVRational to_libav(Rational value) {
  return {static_cast<int>(value.numerator), static_cast<int>(value.denominator)};
}

}  // namespace reelface
