#include "reelface/restore/track_report.h"

namespace reelface {

FaceCount& FaceCount::operator+=(const FaceCount& other) {
  seen += other.seen;
  restored += other.restored;
  failed += other.failed;
  for (const auto& [reason, count] : other.held_back) held_back[reason] += count;
  return *this;
}

FaceCount faces_of(const std::vector<TrackReport>& tracks) {
  FaceCount faces;
  for (const TrackReport& track : tracks) faces += {track.frames, track.restored, track.failed, track.held_back};
  return faces;
}

}  // namespace reelface
