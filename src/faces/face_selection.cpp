// SPDX-License-Identifier: Apache-2.0
#include "faces/face_selection.h"

#include <cmath>

#include "core/smooth_step.h"

namespace reelface {
namespace {

constexpr double kChangeSeconds = 0.25;

}  // namespace

bool FaceSelector::is_candidate(const TrackedFace& face) const {
  // The same margins as the strength's ramps: a face that could get any strength may be chosen.
  const bool large_enough = face.size_px > 0.85 * options_.min_face_px;
  const bool small_enough = options_.max_face_px <= 0 || face.size_px < 1.15 * options_.max_face_px;
  return large_enough && small_enough;
}

double FaceSelector::prominence(const TrackedFace& face) const {
  const double half_diagonal = std::hypot(options_.picture_width, options_.picture_height) / 2;
  if (options_.mode != FaceSelectionMode::kOne || half_diagonal <= 0) return face.size_px;
  const double x = face.face.box.x + face.face.box.width / 2 - options_.picture_width / 2;
  const double y = face.face.box.y + face.face.box.height / 2 - options_.picture_height / 2;
  const double off_centre = std::hypot(x, y) / half_diagonal;
  return face.size_px * std::exp(-2 * off_centre * off_centre);
}

std::int64_t FaceSelector::chosen_of(const FrameTracks& tracks) const {
  std::int64_t chosen = 0;
  double best = 0;
  for (const TrackedFace& face : tracks.faces) {
    // A face that is only fading in does not push another out yet.
    const double found = prominence(face) * face.fade;
    if (is_candidate(face) && found > best) {
      best = found;
      chosen = face.piece_id;
    }
  }
  return chosen;
}

void FaceSelector::select(FrameTracks& tracks) {
  if (tracks.starts_shot) choices_.clear();
  if (options_.mode == FaceSelectionMode::kMany) {
    for (TrackedFace& face : tracks.faces) face.selection = is_candidate(face) ? 1 : 0;
    return;
  }
  choices_.push_back({tracks.time_seconds, chosen_of(tracks)});
  while (tracks.time_seconds - choices_.front().time_seconds > kChangeSeconds) choices_.pop_front();
  for (TrackedFace& face : tracks.faces) {
    double chosen = 0, counted = 0;
    for (const Choice& choice : choices_) {
      if (choice.piece_id == 0)
        continue;  // nobody was there to choose: no reason to fade in again, the track does that
      ++counted;
      if (choice.piece_id == face.piece_id) ++chosen;
    }
    face.selection = counted > 0 && is_candidate(face) ? smooth_step(0, 1, chosen / counted) : 0;
  }
}

}  // namespace reelface
