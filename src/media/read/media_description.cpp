// SPDX-License-Identifier: Apache-2.0
#include "media/read/media_description.h"

extern "C" {
#include <libavutil/avstring.h>
#include <libavutil/dict.h>
}

#include <cmath>
#include <map>

#include "media/formats/stream_kind.h"
#include "media/libav/compat.h"
#include "media/libav/display_matrix.h"
#include "media/libav/frame_storage.h"

namespace reelface {
namespace {

std::map<std::string, std::string> tags_of(const AVDictionary* dictionary) {
  std::map<std::string, std::string> tags;
  const AVDictionaryEntry* entry = nullptr;
  while ((entry = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX)) != nullptr)
    tags[entry->key] = entry->value;
  return tags;
}

struct NamedDisposition {
  int bit;
  const char* name;
};

// libav can name them itself only since 5.0.
constexpr NamedDisposition kDispositions[] = {
    {AV_DISPOSITION_DEFAULT, "default"},
    {AV_DISPOSITION_DUB, "dub"},
    {AV_DISPOSITION_ORIGINAL, "original"},
    {AV_DISPOSITION_COMMENT, "comment"},
    {AV_DISPOSITION_LYRICS, "lyrics"},
    {AV_DISPOSITION_KARAOKE, "karaoke"},
    {AV_DISPOSITION_FORCED, "forced"},
    {AV_DISPOSITION_HEARING_IMPAIRED, "hearing_impaired"},
    {AV_DISPOSITION_VISUAL_IMPAIRED, "visual_impaired"},
    {AV_DISPOSITION_CLEAN_EFFECTS, "clean_effects"},
    {AV_DISPOSITION_ATTACHED_PIC, "attached_pic"},
    {AV_DISPOSITION_TIMED_THUMBNAILS, "timed_thumbnails"},
    {AV_DISPOSITION_CAPTIONS, "captions"},
    {AV_DISPOSITION_DESCRIPTIONS, "descriptions"},
    {AV_DISPOSITION_METADATA, "metadata"},
    {AV_DISPOSITION_DEPENDENT, "dependent"},
    {AV_DISPOSITION_STILL_IMAGE, "still_image"},
};

StreamInfo stream_info(const AVStream& stream) {
  StreamInfo info;
  info.index = stream.index;
  info.kind = stream_kind(stream);
  info.codec = avcodec_get_name(stream.codecpar->codec_id);
  info.tags = tags_of(stream.metadata);
  const auto language = info.tags.find("language");
  if (language != info.tags.end()) info.language = language->second;
  for (const NamedDisposition& disposition : kDispositions) {
    if ((stream.disposition & disposition.bit) != 0) info.dispositions.emplace_back(disposition.name);
  }
  info.time_base = from_libav(stream.time_base);
  if (stream.start_time != AV_NOPTS_VALUE) info.start = stream.start_time;
  if (stream.duration != AV_NOPTS_VALUE && stream.duration > 0) info.duration = stream.duration;
  return info;
}

double video_seconds(const AVFormatContext& format, const AVStream& stream) {
  if (stream.duration != AV_NOPTS_VALUE && stream.duration > 0) {
    return static_cast<double>(stream.duration) * av_q2d(stream.time_base);
  }
  if (format.duration == AV_NOPTS_VALUE || format.duration <= 0) return 0;
  return static_cast<double>(format.duration) / AV_TIME_BASE;
}

VideoInfo describe_video(AVFormatContext& format, int video_stream, const Frame* first_frame) {
  AVStream& stream = *format.streams[video_stream];
  VideoInfo video;
  video.stream_index = video_stream;
  video.codec = avcodec_get_name(stream.codecpar->codec_id);
  video.time_base = from_libav(stream.time_base);
  video.frame_rate = from_libav(frame_rate_of(format, video_stream));
  video.duration_seconds = video_seconds(format, stream);
  video.expected_frames = std::llround(video.duration_seconds * video.frame_rate.value());
  video.width = stream.codecpar->width;
  video.height = stream.codecpar->height;
  video.orientation = stream_orientation(stream);
  if (!first_frame) return video;
  const FrameFacts& facts = first_frame->facts();
  video.width = facts.width;
  video.height = facts.height;
  video.layout = facts.layout;
  video.colour = facts.colour;
  video.orientation = facts.orientation;
  video.sample_aspect_ratio = facts.sample_aspect_ratio;
  return video;
}

}  // namespace

AVRational frame_rate_of(AVFormatContext& format, int video_stream) {
  const AVRational rate = av_guess_frame_rate(&format, format.streams[video_stream], nullptr);
  return rate.num > 0 && rate.den > 0 ? rate : AVRational{0, 1};
}

DisplayOrientation stream_orientation(const AVStream& stream) {
  const SideDataView matrix = stream_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX);
  return orientation_from_matrix(matrix.data, matrix.size);
}

MediaInfo describe_media(const std::string& path, AVFormatContext& format, int video_stream, const Frame* first_frame) {
  MediaInfo info;
  info.path = path;
  info.container = format.iformat->name;
  info.tags = tags_of(format.metadata);
  info.chapter_count = static_cast<int>(format.nb_chapters);
  if (format.start_time != AV_NOPTS_VALUE) info.start_seconds = static_cast<double>(format.start_time) / AV_TIME_BASE;
  if (format.duration != AV_NOPTS_VALUE && format.duration > 0) {
    info.duration_seconds = static_cast<double>(format.duration) / AV_TIME_BASE;
  }
  for (unsigned index = 0; index < format.nb_streams; ++index) {
    info.streams.push_back(stream_info(*format.streams[index]));
  }
  info.video = describe_video(format, video_stream, first_frame);
  return info;
}

}  // namespace reelface
