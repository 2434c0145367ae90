#pragma once

#include <cstdint>

#include "media/libav_ptr.h"
#include "media/packet_source.h"
#include "reelface/media/media_info.h"

namespace reelface {

/// Collects the signs of damage. libav fails for none of them by itself: a cut file simply ends, concealed pictures
/// look like others, and no single sign is enough.
class DamageWatch {
 public:
  explicit DamageWatch(PacketSource& source);

  /// Stamps count from the file's start.
  void see_packet(const AVPacket& packet, AVRational time_base, bool is_video);
  void see_frame(const AVFrame& frame);

  /// `reached_end`: the file was read to its end, so that what it announced can be compared.
  DamageReport report(bool reached_end) const;

 private:
  double missing_seconds() const;

  PacketSource& source_;
  double announced_seconds_ = 0;        ///< by the container for all streams; 0 = it did not
  double announced_video_seconds_ = 0;  ///< for the video stream alone
  double last_end_seconds_ = 0;
  double last_video_end_seconds_ = 0;
  DamageReport counts_;
};

}  // namespace reelface
