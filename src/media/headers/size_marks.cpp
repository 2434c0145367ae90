// SPDX-License-Identifier: Apache-2.0
#include "media/headers/size_marks.h"

#include <new>

#include "core/content_digest.h"
#include "media/headers/parameter_sets.h"
#include "media/libav/error.h"

namespace reelface {
namespace {

bool has_parameter_sets(AVCodecID codec) {
  switch (codec) {
    case AV_CODEC_ID_H264:
    case AV_CODEC_ID_HEVC:
    case AV_CODEC_ID_MPEG1VIDEO:
    case AV_CODEC_ID_MPEG2VIDEO:
    case AV_CODEC_ID_MPEG4:
      return true;
#if LIBAVCODEC_VERSION_MAJOR >= 60
    case AV_CODEC_ID_VVC:
      return true;
#endif
    default:
      return false;
  }
}

}  // namespace

bool tells_size_changes(AVCodecID codec) {
  return has_parameter_sets(codec) || codec == AV_CODEC_ID_VP8 || codec == AV_CODEC_ID_VP9 ||
         codec == AV_CODEC_ID_AV1 || codec == AV_CODEC_ID_MJPEG;
}

SizeMarks::SizeMarks(const AVCodecParameters& parameters)
    : codec_(parameters.codec_id),
      bytes_of_unit_length_(
          bytes_of_unit_length(codec_, parameters.extradata, static_cast<std::size_t>(parameters.extradata_size))) {
  if (codec_ != AV_CODEC_ID_AV1) return;
  parser_.reset(av_parser_init(codec_));
  parsed_.reset(avcodec_alloc_context3(nullptr));
  if (!parsed_) throw std::bad_alloc();
  check_libav(avcodec_parameters_to_context(parsed_.get(), &parameters), "reading the video's parameters",
              ExitCode::kInputUnreadable);
  if (parser_) parser_->flags |= PARSER_FLAG_COMPLETE_FRAMES;
}

std::optional<PictureSize> SizeMarks::parsed_size(const AVPacket& packet) {
  if (!parser_) return std::nullopt;
  std::uint8_t* unused = nullptr;
  int size = 0;
  parser_->width = parser_->height = 0;
  av_parser_parse2(parser_.get(), parsed_.get(), &unused, &size, packet.data, packet.size, packet.pts, packet.dts,
                   packet.pos);
  if (parser_->width <= 0 || parser_->height <= 0) return std::nullopt;
  return PictureSize{parser_->width, parser_->height};
}

std::optional<PictureSize> SizeMarks::size_of(const AVPacket& packet) {
  const auto size = static_cast<std::size_t>(packet.size);
  switch (codec_) {
    case AV_CODEC_ID_VP8:
      return vp8_size(packet.data, size);
    case AV_CODEC_ID_VP9:
      return vp9_.see(packet.data, size);
    case AV_CODEC_ID_MJPEG:
      return jpeg_size(packet.data, size);
    default:
      return parsed_size(packet);
  }
}

/// A container that has several descriptions of one stream gives each where it begins to hold.
void SizeMarks::see_new_extradata(const AVPacket& packet) {
  for (int index = 0; index < packet.side_data_elems; ++index) {
    const AVPacketSideData& side = packet.side_data[index];
    if (side.type != AV_PKT_DATA_NEW_EXTRADATA) continue;
    ContentDigest digest;
    digest.update(side.data, side.size);
    of_extradata_ = digest.value();
    of_packets_ = 0;
    bytes_of_unit_length_ = bytes_of_unit_length(codec_, side.data, side.size);
  }
}

SizeMark SizeMarks::see(const AVPacket& packet) {
  see_new_extradata(packet);
  ContentDigest digest;
  if (has_parameter_sets(codec_)) {
    of_packets_ = parameter_digest(codec_, bytes_of_unit_length_, packet.data, static_cast<std::size_t>(packet.size))
                      .value_or(of_packets_);
    digest.update(of_extradata_);
    digest.update(of_packets_);
    return {digest.value(), std::nullopt};
  }
  if (const std::optional<PictureSize> size = size_of(packet)) told_ = size;
  digest.update(static_cast<std::uint64_t>(told_ ? told_->width : 0));
  digest.update(static_cast<std::uint64_t>(told_ ? told_->height : 0));
  return {digest.value(), told_};
}

}  // namespace reelface
