// SPDX-License-Identifier: Apache-2.0
#include "media/write/bitstream_filter.h"

#include <string>

#include "media/libav/error.h"

namespace reelface {

BitstreamFilter::BitstreamFilter(const char* options, const AVCodecContext& encoder) {
  const std::string doing = std::string("starting the filter ") + options;
  AVBSFContext* context = nullptr;
  check_libav(av_bsf_list_parse_str(options, &context), doing, ExitCode::kInternal);
  context_.reset(context);
  check_libav(avcodec_parameters_from_context(context_->par_in, &encoder), doing, ExitCode::kOutOfMemory);
  context_->time_base_in = encoder.time_base;
  check_libav(av_bsf_init(context_.get()), doing, ExitCode::kInternal);
}

void BitstreamFilter::filter(AVPacket& packet, const std::function<void(AVPacket&)>& sink) {
  check_libav(av_bsf_send_packet(context_.get(), &packet), "filtering a packet", ExitCode::kInternal);
  for (;;) {
    const int result = av_bsf_receive_packet(context_.get(), &packet);
    if (result == AVERROR(EAGAIN) || result == AVERROR_EOF) return;
    check_libav(result, "filtering a packet", ExitCode::kInternal);
    sink(packet);
  }
}

BitstreamFilter h264_orientation_filter(const DisplayOrientation& orientation, const AVCodecContext& encoder) {
  // The stream counts degrees anticlockwise, after the mirroring.
  const int degrees = (4 - orientation.quarter_turns_clockwise) % 4 * 90;
  std::string options = "h264_metadata=display_orientation=insert:rotate=" + std::to_string(degrees);
  if (orientation.mirrored) options += ":flip=horizontal";
  return BitstreamFilter(options.c_str(), encoder);
}

}  // namespace reelface
