// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "media/write/output_decisions.h"
#include "media/write/video_writer_implementation.h"

namespace reelface {

/// Writes every frame as a file of its own; each appears whole or not at all.
class PictureOutput final : public VideoWriter::Implementation {
 public:
  PictureOutput(OutputDecisions decisions, const WriteOptions& options);

  const WritePlan& plan() const override { return decisions_.plan; }
  void write(Frame frame) override;
  void write(const EncodedPacketPtr&) override {}  // pictures hold nothing else
  WriteSummary finish() override;
  std::string finish_as_part() override;

 private:
  void write_picture(const AVPacket& packet);

  OutputDecisions decisions_;
  bool overwrite_;
  std::string xmp_;
  std::int64_t pictures_ = 0;
  std::int64_t bytes_ = 0;
};

}  // namespace reelface
