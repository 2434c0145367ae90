// SPDX-License-Identifier: Apache-2.0
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

std::string failed_faces_text(const FaceCount& faces) {
  if (faces.failed == 0) return {};
  return "the network gave no picture of " + std::to_string(faces.failed) +
         (faces.failed == 1 ? " face, which was left as it is"
                            : " faces, counted in every frame; they were left as they are");
}

}  // namespace reelface
