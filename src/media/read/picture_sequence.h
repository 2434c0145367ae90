// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "media/formats/picture_list.h"
#include "media/read/input_source.h"

namespace reelface {

/// A list of picture files read as one film. Each is opened through its own container, so kinds may even be mixed.
/// A picture that cannot be opened is counted and leaves a gap in time.
class PictureSequence final : public PacketSource {
 public:
  PictureSequence(PictureList list, const InputLimits& limits, const CancelToken* cancel);

  AVFormatContext& format() override { return first_->format(); }
  int video_stream() const override { return first_->video_stream(); }
  const AVCodecParameters& video_parameters() const override;
  bool read(AVPacket& packet) override;
  bool can_seek() const override { return true; }
  bool seek(std::int64_t microseconds) override;
  std::int64_t warnings() const override { return warnings_; }

 private:
  bool read_picture(std::size_t index, AVPacket& packet);

  PictureList list_;
  InputLimits limits_;
  const CancelToken* cancel_;
  std::unique_ptr<InputSource> first_;    ///< stands for the whole: stream parameters, tags
  std::unique_ptr<InputSource> current_;  ///< the picture read last
  std::size_t next_ = 0;
  std::int64_t warnings_ = 0;
};

/// Opens whatever a user may name: a video or picture, a folder, a numbered pattern, "-".
std::unique_ptr<PacketSource> open_packet_source(const std::string& input, const InputLimits& limits,
                                                 const CancelToken* cancel);

}  // namespace reelface
