// SPDX-License-Identifier: Apache-2.0
#include "media/formats/stream_kind.h"

extern "C" {
#include <libavformat/avformat.h>
}

namespace reelface {

StreamKind stream_kind(const AVStream& stream) {
  switch (stream.codecpar->codec_type) {
    case AVMEDIA_TYPE_VIDEO:
      return (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0 ? StreamKind::kCoverArt : StreamKind::kVideo;
    case AVMEDIA_TYPE_AUDIO:
      return StreamKind::kAudio;
    case AVMEDIA_TYPE_SUBTITLE:
      return StreamKind::kSubtitle;
    case AVMEDIA_TYPE_ATTACHMENT:
      return StreamKind::kAttachment;
    default:
      return StreamKind::kData;
  }
}

const char* name_of(StreamKind kind) {
  switch (kind) {
    case StreamKind::kVideo:
      return "video";
    case StreamKind::kAudio:
      return "audio";
    case StreamKind::kSubtitle:
      return "subtitle";
    case StreamKind::kAttachment:
      return "attachment";
    case StreamKind::kCoverArt:
      return "cover art";
    case StreamKind::kData:
      return "data";
  }
  return "";
}

}  // namespace reelface
