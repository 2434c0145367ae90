// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "media/libav/byte_stream.h"
#include "media/libav/log.h"
#include "media/libav/stall_watch.h"
#include "media/read/packet_source.h"
#include "reelface/core/rational.h"

namespace reelface {

/// What an input may cost before it is refused.
struct InputLimits {
  std::int64_t max_pixels = std::int64_t{1} << 26;
  double stall_timeout_seconds = 60;
  std::optional<Rational> frame_rate;  ///< for pictures and raw streams, which have none of their own
  bool look_into_streams = true;       ///< decode a little to learn what headers do not say
  bool any_format = false;             ///< also containers and codecs that hardly anybody restores
};

/// One container file, pipe or picture, opened defensively: by its exact bytes of a name, only as one of the known
/// container types and codecs, never as a playlist, never together with another file, within limits.
class InputSource final : public PacketSource {
 public:
  InputSource(const std::string& name, const InputLimits& limits, const CancelToken* cancel);
  /// Reads `bytes` as if they were a file called `name`.
  InputSource(std::unique_ptr<ByteSource> bytes, const std::string& name, const InputLimits& limits,
              const CancelToken* cancel);

  AVFormatContext& format() override { return *format_; }
  int video_stream() const override { return video_stream_; }
  const AVCodecParameters& video_parameters() const override;
  PictureSize announced_size() const override { return announced_size_; }
  bool read(AVPacket& packet) override;
  bool can_seek() const override;
  bool seek(std::int64_t microseconds) override;
  std::int64_t warnings() const override;

  bool is_pipe() const override { return !bytes_->source().is_seekable(); }
  std::string complaint() const override;

 private:
  void open(const InputLimits& limits);
  InputFormatHandle recognise(bool any_format);
  void require_accepted(const AVInputFormat& found, bool any_format) const;
  void open_as(InputFormatHandle kind, const InputLimits& limits);
  void look_into_streams(const InputLimits& limits);
  [[noreturn]] void fail_to_open(int error) const;
  void throw_if_stalled() const;

  std::string name_;
  StallWatch watch_;
  // Order matters: the format reads from the stream until it is closed.
  std::unique_ptr<ByteStream> bytes_;
  std::unique_ptr<LibavLogCapture> messages_;
  InputFormatPtr format_;
  int video_stream_ = -1;
  PictureSize announced_size_;
  bool is_surely_known_ = false;  ///< by its contents, not only by its name
  std::int64_t read_failures_ = 0;
};

}  // namespace reelface
