// SPDX-License-Identifier: Apache-2.0
#include "reelface/media/video_writer.h"

#include <utility>

#include "media/write/container_output.h"
#include "media/write/picture_output.h"

namespace reelface {

WritePlan plan_output(const VideoReader& source, const std::string& output, const WriteOptions& options) {
  return decide_output(source, output, options).plan;
}

VideoWriter::VideoWriter(const VideoReader& source, const std::string& output, const WriteOptions& options) {
  OutputDecisions decisions = decide_output(source, output, options);
  if (decisions.target.is_picture()) {
    implementation_ = std::make_unique<PictureOutput>(std::move(decisions), options);
  } else {
    implementation_ = std::make_unique<ContainerOutput>(std::move(decisions), source, options);
  }
}

VideoWriter::~VideoWriter() = default;
VideoWriter::VideoWriter(VideoWriter&&) noexcept = default;

const WritePlan& VideoWriter::plan() const {
  return implementation_->plan();
}
void VideoWriter::write(Frame frame) {
  implementation_->write(std::move(frame));
}
void VideoWriter::write(const EncodedPacketPtr& packet) {
  implementation_->write(packet);
}
WriteSummary VideoWriter::finish() {
  return implementation_->finish();
}
std::string VideoWriter::finish_as_part() {
  return implementation_->finish_as_part();
}

}  // namespace reelface
