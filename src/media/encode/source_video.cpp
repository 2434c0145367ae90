// SPDX-License-Identifier: Apache-2.0
#include "media/encode/source_video.h"

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/mathematics.h>
}

#include <cmath>
#include <string_view>

#include "media/libav/compat.h"
#include "media/libav/frame_storage.h"
#include "media/libav/pixel_description.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

bool reads_pictures(const AVFormatContext& format) {
  const std::string_view name = format.iformat ? format.iformat->name : "";
  return name == "gif" || name.substr(0, 6) == "image2" || (name.size() > 5 && name.substr(name.size() - 5) == "_pipe");
}

AVRational rate_of(const SourceMedia& source) {
  if (source.frame_rate.num > 0 && source.frame_rate.den > 0) return source.frame_rate;
  const AVStream& stream = *source.format->streams[source.video_index];
  if (stream.avg_frame_rate.num > 0 && stream.avg_frame_rate.den > 0) return stream.avg_frame_rate;
  return {25, 1};
}

bool is_constant(const AVStream& stream) {
  const AVRational average = stream.avg_frame_rate;
  const AVRational base = stream.r_frame_rate;
  if (average.num <= 0 || average.den <= 0 || base.num <= 0 || base.den <= 0) return false;
  constexpr double kTolerance = 2e-3;  // a Matroska file's rounded stamps give an average that is slightly off
  return std::abs(av_q2d(average) / av_q2d(base) - 1) < kTolerance;
}

AVFieldOrder field_order_of(const AVStream& stream, const AVFrame& frame) {
  const AVFieldOrder told = stream.codecpar->field_order;
  if (!is_interlaced(frame))  // what was interlaced is not any more when the reader has made it progressive
    return told == AV_FIELD_UNKNOWN ? AV_FIELD_UNKNOWN : AV_FIELD_PROGRESSIVE;
  const bool top = is_top_field_first(frame);
  const bool told_top = told == AV_FIELD_TT || told == AV_FIELD_TB;
  const bool told_bottom = told == AV_FIELD_BB || told == AV_FIELD_BT;
  if ((told_top && top) || (told_bottom && !top)) return told;
  return top ? AV_FIELD_TT : AV_FIELD_BB;
}

/// Keeps the shape of the shown picture when the two sides are scaled differently.
AVRational scaled_aspect(AVRational aspect, int width, int height, int new_width, int new_height) {
  if (new_width <= 0 || new_height <= 0) return aspect;
  const double change = (static_cast<double>(width) / new_width) / (static_cast<double>(height) / new_height);
  constexpr double kRoundingOfSizes = 0.01;
  if (std::abs(change - 1) < kRoundingOfSizes) return aspect;
  if (aspect.num <= 0 || aspect.den <= 0) aspect = {1, 1};
  AVRational scaled{};
  av_reduce(&scaled.num, &scaled.den, std::int64_t{aspect.num} * width * new_height,
            std::int64_t{aspect.den} * height * new_width, 1 << 16);
  return scaled;
}

}  // namespace

SourceVideo describe_source_video(const SourceMedia& source, const MediaInfo& info, const WriteOptions& options) {
  const AVStream& stream = *source.format->streams[source.video_index];
  if (!source.first_frame) throw Error(ExitCode::kInputUnreadable, "the video has no picture that can be decoded");
  const AVFrame& frame = *source.first_frame;
  if (options.width < 0 || options.height < 0)
    throw Error(ExitCode::kUsage, "the output's width and height cannot be negative");

  SourceVideo video;
  video.codec = stream.codecpar->codec_id;
  video.profile = stream.codecpar->profile;
  video.format = without_range_in_name(static_cast<AVPixelFormat>(frame.format));
  video.width = options.width > 0 ? options.width : frame.width;
  video.height = options.height > 0 ? options.height : frame.height;
  video.time_base = to_libav(info.video.time_base);
  if (video.time_base.num <= 0 || video.time_base.den <= 0) video.time_base = stream.time_base;
  video.frame_rate = rate_of(source);
  video.constant_rate = is_constant(stream);
  const AVRational aspect = frame.sample_aspect_ratio.num > 0 ? frame.sample_aspect_ratio : stream.sample_aspect_ratio;
  video.sample_aspect_ratio = scaled_aspect(aspect, frame.width, frame.height, options.width, options.height);
  video.colour = colour_of(frame);
  video.interlaced = is_interlaced(frame);
  video.field_order = field_order_of(stream, frame);
  video.has_captions = av_frame_get_side_data(&frame, AV_FRAME_DATA_A53_CC) != nullptr;
  video.has_dynamic_hdr = av_frame_get_side_data(&frame, AV_FRAME_DATA_DYNAMIC_HDR_PLUS) != nullptr ||
                          stream_side_data(stream, AV_PKT_DATA_DOVI_CONF).data != nullptr;
  video.is_picture = reads_pictures(*source.format);
  video.hdr = hdr_metadata(stream, &frame);
  return video;
}

}  // namespace reelface
