// SPDX-License-Identifier: Apache-2.0
#include "media/write/container_output.h"

#include <unistd.h>

#include <utility>

#include "core/whole_file.h"
#include "media/libav/encoded_packet.h"
#include "media/libav/error.h"
#include "media/libav/frame_storage.h"
#include "media/write/output_check.h"
#include "media/write/xmp_packet.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

FileOutput open_stream(const std::string& path) {
  if (path == "-") return FileOutput(STDOUT_FILENO, "standard output", false);
  return open_special_file(path);
}

bool holds_xmp(const ContainerRules& rules) {
  return rules.family() == ContainerRules::Family::kMp4 || rules.family() == ContainerRules::Family::kMov;
}

}  // namespace

ContainerOutput::ContainerOutput(OutputDecisions decisions, const VideoReader& source, const WriteOptions& options)
    : decisions_(std::move(decisions)), source_(source.implementation().source()) {
  const DisplayOrientation& orientation = source.info().video.orientation;
  if (decisions_.orientation_inside_stream)
    orientation_.emplace(h264_orientation_filter(orientation, decisions_.encoder->context()));
  const ContainerRules& rules = *decisions_.rules;
  if (rules.has_timecode_track()) end_of_video_.emplace();
  if (const std::string xmp = xmp_of(options); holds_xmp(rules) && !xmp.empty()) behind_ = xmp_box(xmp);
  open(options);
  write_covers();
}

void ContainerOutput::open(const WriteOptions& options) {
  const OutputContents contents = decisions_.contents(source_, options);
  OutputStreams streams = make_output_streams(contents);
  Dictionary muxer_options;
  set_muxer_options(muxer_options, contents, streams);
  if (decisions_.target.kind == OutputTarget::Kind::kStream) {
    stream_.emplace(open_stream(decisions_.target.path));
  } else {
    unfinished_.emplace(decisions_.target.path, replacing(options.overwrite));
  }
  muxer_ = std::make_unique<Muxer>(std::move(streams), muxer_options, unfinished_ ? unfinished_->file() : *stream_);
}

void ContainerOutput::write_covers() {
  for (const MappedStream& stream : decisions_.streams) {
    if (stream.plan.kind != StreamKind::kCoverArt || stream.way != MappedStream::Way::kCopy) continue;
    const PacketPtr packet = new_packet();
    check_libav(av_packet_ref(packet.get(), &stream.input->attached_pic), "copying the cover", ExitCode::kOutOfMemory);
    packet->pts = packet->dts = 0;  // libav hands covers out without a time
    packet->duration = 0;
    muxer_->write(*packet, stream.input->time_base,
                  muxer_->streams().stream_map[static_cast<std::size_t>(stream.plan.input_index)]);
    ++packets_copied_;
  }
}

void ContainerOutput::write_encoded(AVPacket& packet) {
  const auto onwards = [this](AVPacket& ready) {
    if (end_of_video_) {
      end_of_video_->pass(ready, [this](AVPacket& earlier) { write_to_muxer(earlier); });
    } else {
      write_to_muxer(ready);
    }
  };
  if (orientation_) {
    orientation_->filter(packet, onwards);
  } else {
    onwards(packet);
  }
}

void ContainerOutput::write_to_muxer(AVPacket& packet) {
  ++video_packets_;
  muxer_->write(packet, decisions_.encoder->time_base(), muxer_->streams().video);
}

void ContainerOutput::write(Frame frame) {
  decisions_.encoder->encode(frame, [this](AVPacket& packet) { write_encoded(packet); });
}

void ContainerOutput::write_ready(AVPacket& packet) {
  is_ready_made_ = true;
  write_encoded(packet);
}

void ContainerOutput::write(const EncodedPacketPtr& packet) {
  if (!packet || !packet->packet || packet->input_stream < 0) return;
  const auto index = static_cast<std::size_t>(packet->input_stream);
  if (index >= decisions_.streams.size()) return;  // began in the middle of the file, nobody planned for it
  const MappedStream& stream = decisions_.streams[index];
  if (stream.plan.kind == StreamKind::kCoverArt || stream.plan.kind == StreamKind::kAttachment) return;
  if (stream.way != MappedStream::Way::kCopy && stream.way != MappedStream::Way::kConvertSubtitle) return;

  PacketPtr copy;
  if (stream.way == MappedStream::Way::kConvertSubtitle) {
    copy = decisions_.subtitle_converters[index]->convert(*packet->packet);
    if (!copy) return;
  } else {
    copy = new_packet();
    check_libav(av_packet_ref(copy.get(), packet->packet.get()), "sharing a packet", ExitCode::kOutOfMemory);
  }
  muxer_->write(*copy, packet->time_base, muxer_->streams().stream_map[index]);
  ++packets_copied_;
}

void ContainerOutput::close_file() {
  if (!is_ready_made_) decisions_.encoder->drain([this](AVPacket& packet) { write_encoded(packet); });
  if (end_of_video_) end_of_video_->finish([this](AVPacket& last) { write_to_muxer(last); });
  muxer_->finish(behind_);
  if (!unfinished_) {
    bytes_ = stream_->bytes_written();
    stream_->synchronize();
    muxer_.reset();
    stream_->close();
    return;
  }
  const OutputExpectation expected{muxer_->streams().format->nb_streams, muxer_->streams().video,
                                   decisions_.encoder->context().codec_id, video_packets_};
  bytes_ = unfinished_->file().size();
  muxer_.reset();
  unfinished_->seal();
  check_output(unfinished_->path(), *decisions_.target.format, expected);
}

WriteSummary ContainerOutput::summary() const {
  const std::string& path = unfinished_ ? unfinished_->final_path() : decisions_.target.path;
  return {path, decisions_.encoder->frames(), packets_copied_, bytes_};
}

WriteSummary ContainerOutput::finish() {
  return finish({});
}

WriteSummary ContainerOutput::finish(const std::function<void(const std::string&)>& before_publishing) {
  close_file();
  if (unfinished_) {
    if (before_publishing) before_publishing(unfinished_->path());
    unfinished_->publish();
  }
  return summary();
}

std::string ContainerOutput::finish_as_part() {
  close_file();
  if (!unfinished_) return decisions_.target.path;
  unfinished_->keep();
  return unfinished_->path();
}

}  // namespace reelface
