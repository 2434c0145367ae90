// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/unfinished_file.h"
#include "media/write/bitstream_filter.h"
#include "media/write/end_of_video.h"
#include "media/write/muxer.h"
#include "media/write/output_decisions.h"
#include "media/write/video_writer_implementation.h"

namespace reelface {

/// Writes a container: to a `.part` file that is checked and renamed, or straight into a pipe or device.
class ContainerOutput final : public VideoWriter::Implementation {
 public:
  ContainerOutput(OutputDecisions decisions, const VideoReader& source, const WriteOptions& options);

  const WritePlan& plan() const override { return decisions_.plan; }
  void write(Frame frame) override;
  void write(const EncodedPacketPtr& packet) override;
  WriteSummary finish() override;
  /// The same; the finished file is shown before it gets its name.
  WriteSummary finish(const std::function<void(const std::string&)>& before_publishing);
  std::string finish_as_part() override;

  /// Video that was encoded elsewhere, instead of frames; stamps on the encoder's clock. The packet is consumed.
  void write_ready(AVPacket& packet);
  VideoEncoder& encoder() { return *decisions_.encoder; }

 private:
  void open(const WriteOptions& options);
  void write_covers();
  void write_encoded(AVPacket& packet);
  void write_to_muxer(AVPacket& packet);
  void close_file();
  WriteSummary summary() const;

  OutputDecisions decisions_;
  const SourceMedia& source_;
  std::optional<UnfinishedFile> unfinished_;  ///< none when writing straight through
  std::optional<FileOutput> stream_;          ///< none when there is an unfinished file
  std::optional<BitstreamFilter> orientation_;
  std::optional<EndOfVideo> end_of_video_;  ///< for containers that need it
  std::unique_ptr<Muxer> muxer_;            ///< gone once the file is closed: it holds the file's buffer
  std::string behind_;                      ///< what comes behind all that the muxer writes
  std::int64_t video_packets_ = 0;
  std::int64_t packets_copied_ = 0;
  std::int64_t bytes_ = 0;
  bool is_ready_made_ = false;  ///< then the encoder has nothing inside
};

}  // namespace reelface
