// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "media/libav/ptr.h"
#include "media/read/packet_source.h"
#include "reelface/media/media_info.h"

namespace reelface {

/// Collects the signs of damage. libav fails for none of them by itself: a cut file simply ends, concealed pictures
/// look like others, and no single sign is enough.
class DamageWatch {
 public:
  explicit DamageWatch(PacketSource& source);

  /// Stamps count from the file's start. `is_behind_seam`: the first of its stream in a recording that was appended.
  void see_packet(const AVPacket& packet, AVRational time_base, bool is_video, bool is_behind_seam);
  void see_frame(const AVFrame& frame);

  /// `reached_end`: the file was read to its end, so that what it announced can be compared.
  DamageReport report(bool reached_end) const;

 private:
  double missing_seconds() const;

  PacketSource& source_;
  double announced_seconds_ = 0;        ///< by the container for all streams; 0 = it did not
  double announced_video_seconds_ = 0;  ///< for the video stream alone
  double possible_start_seconds_ = 0;   ///< may be part of the announced duration
  double last_end_seconds_ = 0;
  double last_video_end_seconds_ = 0;
  std::vector<int> packets_since_corrupt_;  ///< by stream
  DamageReport counts_;
};

}  // namespace reelface
