// SPDX-License-Identifier: Apache-2.0
#include "media/read/picture_sequence.h"

#include <utility>

#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {

PictureSequence::PictureSequence(PictureList list, const InputLimits& limits, const CancelToken* cancel)
    : list_(std::move(list)), limits_(limits), cancel_(cancel) {
  if (!limits_.frame_rate) limits_.frame_rate = Rational{25, 1};
  first_ = std::make_unique<InputSource>(list_.files.front(), limits_, cancel_);
  limits_.look_into_streams = false;  // the decoder learns the rest from each picture
  AVStream& video = *first_->format().streams[first_->video_stream()];
  const AVRational one_picture = {video.time_base.num, video.time_base.den};
  video.start_time = 0;
  video.duration = list_.positions.back() + 1;
  first_->format().start_time = 0;
  first_->format().duration = av_rescale_q(video.duration, one_picture, {1, AV_TIME_BASE});
  if (list_.missing_count == 0) return;
  ++warnings_;
  log_warning("pictures are missing, their time is left empty: " + list_.missing);
}

const AVCodecParameters& PictureSequence::video_parameters() const {
  return current_ ? current_->video_parameters() : first_->video_parameters();
}

bool PictureSequence::read_picture(std::size_t index, AVPacket& packet) {
  try {
    auto picture = std::make_unique<InputSource>(list_.files[index], limits_, cancel_);
    if (!picture->read(packet)) return false;
    current_ = std::move(picture);
    return true;
  } catch (const Error& error) {
    if (error.exit_code() != ExitCode::kInputUnreadable) throw;
    ++warnings_;
    log_warning(error.what());
    return false;
  }
}

bool PictureSequence::read(AVPacket& packet) {
  while (next_ < list_.files.size()) {
    const std::size_t index = next_++;
    if (cancel_ && cancel_->is_requested()) return false;
    if (!read_picture(index, packet)) continue;
    packet.stream_index = first_->video_stream();
    packet.pts = list_.positions[index];
    packet.dts = packet.pts;
    packet.duration = 1;
    packet.flags |= AV_PKT_FLAG_KEY;
    return true;
  }
  return false;
}

bool PictureSequence::seek(std::int64_t microseconds) {
  const AVStream& video = *first_->format().streams[first_->video_stream()];
  const std::int64_t wanted = av_rescale_q_rnd(microseconds, {1, AV_TIME_BASE}, video.time_base, AV_ROUND_DOWN);
  next_ = 0;
  while (next_ + 1 < list_.positions.size() && list_.positions[next_ + 1] <= wanted) ++next_;
  return true;
}

std::unique_ptr<PacketSource> open_packet_source(const std::string& input, const InputLimits& limits,
                                                 const CancelToken* cancel) {
  if (std::optional<PictureList> pictures = find_pictures(input)) {
    return std::make_unique<PictureSequence>(std::move(*pictures), limits, cancel);
  }
  return std::make_unique<InputSource>(input, limits, cancel);
}

}  // namespace reelface
