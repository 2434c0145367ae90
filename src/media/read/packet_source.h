// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "media/libav/compat.h"
#include "media/libav/picture_size.h"

namespace reelface {

/// Packets in file order: from a container, or from pictures that are files of their own.
/// Thread-safety: one call at a time.
class PacketSource {
 public:
  virtual ~PacketSource() = default;

  virtual AVFormatContext& format() = 0;
  virtual int video_stream() const = 0;

  /// How the packets now read are coded; changes between pictures of different kinds.
  virtual const AVCodecParameters& video_parameters() const = 0;

  /// What the container's header says, before anything was decoded: the largest picture of the film, where it is right.
  virtual PictureSize announced_size() const { return {}; }

  /// Fills `packet`; false at the end. Throws when reading fails or stalls.
  virtual bool read(AVPacket& packet) = 0;

  /// Whether seek() lands where it should: an index or stamps that can be trusted.
  virtual bool can_seek() const = 0;

  /// To a key frame at or before `microseconds` on the container's own clock; false if the container cannot.
  virtual bool seek(std::int64_t microseconds) = 0;

  /// Signs of damage outside the packets: warnings of the demuxer, missing pictures.
  virtual std::int64_t warnings() const = 0;

  virtual bool is_pipe() const { return false; }

  /// libav's last complaint, " (in brackets)", for error messages; empty if it had none.
  virtual std::string complaint() const { return {}; }
};

}  // namespace reelface
