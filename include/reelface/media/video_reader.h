// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "reelface/core/cancel_token.h"
#include "reelface/media/media_info.h"

namespace reelface {

class EncodedPacket;  ///< a packet that is copied, not decoded; its inside is the media layer's own
using EncodedPacketPtr = std::shared_ptr<const EncodedPacket>;

enum class Deinterlace { kAuto, kOff, kBwdif };

/// A piece of the file. Seconds count from the file's start; frame numbers from 0, the end excluded.
struct ReadRange {
  std::optional<double> from_seconds;
  std::optional<double> to_seconds;
  std::optional<std::int64_t> first_frame;
  std::optional<std::int64_t> end_frame;
};

struct ReadOptions {
  ReadRange range;
  Deinterlace deinterlace = Deinterlace::kAuto;
  int decoder_threads = 1;
  std::string hardware_acceleration;   ///< libav's device type name, "auto" or empty
  std::optional<Rational> frame_rate;  ///< for picture sequences and raw streams without stamps; else 25
  std::int64_t max_pixels = std::int64_t{1} << 26;
  double stall_timeout_seconds = 60;  ///< a read that takes longer fails
  /// Containers and codecs of games and animation programs as well, which are refused else. Never playlists.
  bool any_format = false;
  /// Stamps count from here, in microseconds from the file's start; none = from the range's start. Parts of a film keep
  /// the film's own times this way.
  std::optional<std::int64_t> time_origin_microseconds;
  /// false: only packets to copy are given. The first frame is still decoded, because it tells what the video is like.
  /// A range has to be in seconds then.
  bool decode = true;
  /// How large the film is if its pictures change their size. kAuto and kLargest look through the packets' headers of
  /// the whole file first, where its kind of file allows such changes; from a pipe they mean kFirst.
  CanvasChoice canvas;
  /// Decided before: nothing is looked for. Parts of a film are made with that of the film.
  std::optional<Canvas> settled_canvas;
};

/// What a range turned out to be: frame numbers become times once their frames have been met.
struct ReadExtent {
  std::optional<double> from_seconds;
  std::optional<double> to_seconds;
  std::int64_t time_origin_microseconds = 0;  ///< what was taken off all stamps, counted from the file's start
};

/// A frame, or packets to copy, or both: what lies between two frames rides with the later one.
struct MediaUnit {
  std::optional<Frame> frame;
  std::vector<EncodedPacketPtr> packets;
};

/// Reads a video, an image, a folder of images, a numbered pattern (shot_%04d.png) or "-" (stdin).
/// Frames come in display order with repaired, strictly rising time stamps, all of them, drained at the end.
/// Stamps count from the file's start, or the range's; the same shift is taken off every stream, so that the distance
/// between sound and pictures stays. Sound may begin below 0: its priming.
/// Once `cancel` asks to finish, next() has no more values; a constructor that is still waiting throws kInterrupted.
/// Thread-safety: one call at a time. After an exception only destruction is allowed.
class VideoReader {
 public:
  explicit VideoReader(const std::string& input, const ReadOptions& options = {}, const CancelToken* cancel = nullptr);
  ~VideoReader();
  VideoReader(VideoReader&&) noexcept;

  const MediaInfo& info() const;

  /// The next frame and the packets before it; no value after the last. Units without a frame carry packets only.
  std::optional<MediaUnit> next();

  /// Complete once next() has returned no value.
  DamageReport damage() const;

  /// Complete once next() has returned no value.
  ReadExtent extent() const;

  /// What was met so far, seconds from the range's start. One stretch: nothing has changed.
  std::vector<PictureStretch> stretches() const;

  class Implementation;
  const Implementation& implementation() const { return *implementation_; }  ///< for VideoWriter only

 private:
  std::unique_ptr<Implementation> implementation_;
};

/// Opens, decodes one frame, closes. Not for "-": what was read from a pipe is gone.
MediaInfo probe(const std::string& input);

}  // namespace reelface
