// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "reelface/core/rational.h"

namespace reelface {

enum class ColourFamily { kGray, kYuv, kRgb };

/// Where one component's samples are: plane, bytes from sample to sample, bytes to the first, bits to shift right,
/// bits.
struct ComponentLayout {
  int plane = 0;
  int step = 1;
  int offset = 0;
  int shift = 0;
  int depth = 8;
};

/// How samples lie in memory. Components are in the order Y U V, R G B or Y, then alpha if there is any.
/// Samples of more than 8 bits take two bytes in the machine's own byte order.
struct PixelLayout {
  std::string name;  ///< libav's name, for messages
  ColourFamily family = ColourFamily::kYuv;
  int plane_count = 0;
  int component_count = 0;
  bool has_alpha = false;
  int chroma_shift_x = 0;  ///< log2 of how many luma columns share a chroma sample
  int chroma_shift_y = 0;
  std::array<ComponentLayout, 4> components{};
  bool editable = false;  ///< false for palettes, bit streams, float and foreign byte order: carried, never changed

  int bit_depth() const { return components[0].depth; }
};

// Code points of ITU-T H.273, which libav and every container use as well.
enum class ColourPrimaries : int { kBt709 = 1, kUnspecified = 2, kBt470bg = 5, kSmpte170m = 6, kBt2020 = 9 };
enum class ColourTransfer : int { kBt709 = 1, kUnspecified = 2, kSmpte170m = 6, kLinear = 8, kPq = 16, kHlg = 18 };
enum class ColourMatrix : int {
  kRgb = 0,
  kBt709 = 1,
  kUnspecified = 2,
  kFcc = 4,
  kBt470bg = 5,
  kSmpte170m = 6,
  kSmpte240m = 7,
  kYcgco = 8,
  kBt2020Ncl = 9,
  kBt2020Cl = 10
};
enum class ColourRange : int { kUnspecified = 0, kLimited = 1, kFull = 2 };
enum class ChromaLocation : int { kUnspecified = 0, kLeft, kCenter, kTopLeft, kTop, kBottomLeft, kBottom };

/// Colour as the file says it; "unspecified" is kept, never replaced by a guess.
struct ColourFacts {
  ColourPrimaries primaries = ColourPrimaries::kUnspecified;
  ColourTransfer transfer = ColourTransfer::kUnspecified;
  ColourMatrix matrix = ColourMatrix::kUnspecified;
  ColourRange range = ColourRange::kUnspecified;
  ChromaLocation chroma_location = ChromaLocation::kUnspecified;
};

/// How the stored picture has to be turned for a viewer: mirrored left to right first, then turned clockwise.
struct DisplayOrientation {
  int quarter_turns_clockwise = 0;  ///< 0..3
  bool mirrored = false;
};

inline bool operator==(const DisplayOrientation& left, const DisplayOrientation& right) {
  return left.quarter_turns_clockwise == right.quarter_turns_clockwise && left.mirrored == right.mirrored;
}
inline bool operator!=(const DisplayOrientation& left, const DisplayOrientation& right) {
  return !(left == right);
}

/// A part of a frame, in stored samples of luma.
struct PictureArea {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

inline bool operator==(const PictureArea& left, const PictureArea& right) {
  return left.x == right.x && left.y == right.y && left.width == right.width && left.height == right.height;
}
inline bool operator!=(const PictureArea& left, const PictureArea& right) {
  return !(left == right);
}

/// A picture of another size or shape than the film has: where in the frame it stands, and what it was like before.
struct FittedPicture {
  PictureArea area;
  int stored_width = 0;
  int stored_height = 0;
  int quarter_turns_clockwise = 0;  ///< it was turned so, because it is shown otherwise than the film
};

inline bool operator==(const FittedPicture& left, const FittedPicture& right) {
  return left.area == right.area && left.stored_width == right.stored_width &&
         left.stored_height == right.stored_height && left.quarter_turns_clockwise == right.quarter_turns_clockwise;
}
inline bool operator!=(const FittedPicture& left, const FittedPicture& right) {
  return !(left == right);
}

/// Samples of one plane. `stride` is in bytes and may be negative; width and height are in samples of that plane.
struct Plane {
  std::uint8_t* data = nullptr;
  std::ptrdiff_t stride = 0;
  int width = 0;
  int height = 0;
};

/// Memory behind a frame. The media layer's is libav's own reference-counted frame.
class FrameStorage {
 public:
  virtual ~FrameStorage() = default;
  virtual Plane plane(int index) const = 0;
  virtual void make_writable() = 0;                         ///< copies shared samples so that writing hurts no one
  virtual std::unique_ptr<FrameStorage> share() const = 0;  ///< another owner of the same samples
  /// Another owner of the samples of `other`, with whatever this frame has besides samples (captions, say).
  virtual std::unique_ptr<FrameStorage> showing(const FrameStorage& other) const { return other.share(); }
};

/// What is known about a frame besides its samples.
struct FrameFacts {
  int width = 0;
  int height = 0;
  PixelLayout layout;
  ColourFacts colour;
  Rational sample_aspect_ratio{0, 1};  ///< 0/1 = unknown, taken as square
  DisplayOrientation orientation;
  std::int64_t pts = kNoTimestamp;  ///< in time_base ticks
  std::int64_t duration = 0;        ///< in time_base ticks; 0 = unknown
  Rational time_base{1, 1};
  bool interlaced = false;  ///< still interlaced, that is: after any deinterlacing
  bool top_field_first = false;
  bool damaged = false;                 ///< the decoder concealed errors: never restored, only passed on
  std::optional<FittedPicture> fitted;  ///< none: the frame is the picture as it was stored
};

/// Where the picture is in its frame: all of it, but for black bars.
inline PictureArea picture_area(const FrameFacts& facts) {
  return facts.fitted ? facts.fitted->area : PictureArea{0, 0, facts.width, facts.height};
}

/// The same of every frame, fitted or not.
inline FittedPicture stored_picture(const FrameFacts& facts) {
  return facts.fitted.value_or(FittedPicture{picture_area(facts), facts.width, facts.height, 0});
}

/// One picture in its own pixel format, with its time. Move-only; share() makes a second owner of the same samples.
class Frame {
 public:
  Frame(FrameFacts facts, std::unique_ptr<FrameStorage> storage);

  const FrameFacts& facts() const { return facts_; }
  FrameFacts& facts() { return facts_; }

  /// Read only unless make_writable() was called since the last share().
  Plane plane(int index) const { return storage_->plane(index); }
  void make_writable() { storage_->make_writable(); }
  Frame share() const { return Frame(facts_, storage_->share()); }
  /// The picture of another frame at this one's time.
  Frame showing(const Frame& other) const;

  /// For the layer that made the storage.
  const FrameStorage& storage() const { return *storage_; }
  FrameStorage& storage() { return *storage_; }

 private:
  FrameFacts facts_;
  std::unique_ptr<FrameStorage> storage_;
};

/// A frame in ordinary memory, samples zero. For tests, and for pictures that do not come from a file.
Frame allocate_frame(const FrameFacts& facts);

/// Planar layouts by libav name: gray, gray10le, yuv420p, yuv422p10le, yuv444p12le, gbrp, nv12, rgb24, yuva420p…
/// Throws for names it does not know. The media layer describes any libav format by itself and does not need this.
PixelLayout pixel_layout(const std::string& name);

}  // namespace reelface
