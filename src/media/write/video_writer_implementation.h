// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reelface/media/video_writer.h"

namespace reelface {

/// The writer's inside: one class for container files, one for pictures.
class VideoWriter::Implementation {
 public:
  virtual ~Implementation() = default;
  virtual const WritePlan& plan() const = 0;
  virtual void write(Frame frame) = 0;
  virtual void write(const EncodedPacketPtr& packet) = 0;
  virtual WriteSummary finish() = 0;
  virtual std::string finish_as_part() = 0;
};

}  // namespace reelface
