// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/face_appraisal.h"

namespace reelface {
namespace {

constexpr double kColourMemorySeconds = 1;

}  // namespace

void FaceAppraisal::appraise(FaceWork& work, bool frame_is_damaged) {
  if (work.starts_shot) {
    quality_.reset();
    colour_.clear();
    schedule_.reset();
  }
  for (FaceJob& face : work.faces) {
    face.quality = quality_.add(face.track.piece_id, work.time_seconds, face.quality);
    face.colour_variance = mean_colour_variance(face, work.time_seconds);
    face.strength = face_strength(face.track, face.quality, options_);
    if (frame_is_damaged) face.strength.presence = 0;
    const bool is_restored = face.strength.total() >= kLeastStrength;
    face.identity_is_due = guards_identity_ && is_restored && schedule_.is_due(face.track.piece_id, work.time_seconds);
  }
}

double FaceAppraisal::mean_colour_variance(const FaceJob& face, double time_seconds) {
  std::deque<ColourEntry>& entries = colour_[face.track.piece_id];
  while (!entries.empty() && entries.front().time_seconds < time_seconds - kColourMemorySeconds) entries.pop_front();
  entries.push_back({time_seconds, face.colour_variance});
  double sum = 0;
  for (const ColourEntry& entry : entries) sum += entry.variance;
  return sum / static_cast<double>(entries.size());
}

}  // namespace reelface
