// SPDX-License-Identifier: Apache-2.0
#include "track_association.h"

#include <algorithm>
#include <cmath>

#include "assignment.h"
#include "faces/face_thumbnail.h"

namespace reelface {
namespace {

/// Dearer than any pair that is admitted, so that a face rather continues something than starts anew.
constexpr double kCostAlone = 2.5;
constexpr double kImpossible = 1e6;

/// Where labels are re-used; nothing that reaches pixels depends on it.
constexpr double kLabelMemorySeconds = 10;

/// Slow films (slide shows, time lapses): neighbours are linked up to this distance, whatever the longest gap.
constexpr double kLongestStepSeconds = 1;

}  // namespace

bool TrackAssociation::is_open(const TrackPiece& piece, double time_seconds) const {
  const double step = any_frame_ ? time_seconds - previous_time_seconds_ : 0;
  const double reach = std::max(longest_gap_seconds_, std::min(kLongestStepSeconds, 1.5 * step));
  return time_seconds - piece.last().time_seconds <= reach;
}

void TrackAssociation::close_pieces(double time_seconds) {
  std::vector<std::size_t> still_open;
  for (const std::size_t index : open_) {
    if (is_open(pieces_[index], time_seconds)) {
      still_open.push_back(index);
    } else if (pieces_[index].proof() == TrackPiece::kProven) {
      lost_.push_back({pieces_[index].track_id(), pieces_[index].last()});
    }
  }
  open_ = std::move(still_open);
  const auto is_old = [&](const LostTrack& track) {
    return time_seconds - track.last.time_seconds > kLabelMemorySeconds;
  };
  lost_.erase(std::remove_if(lost_.begin(), lost_.end(), is_old), lost_.end());
}

std::vector<bool> TrackAssociation::continue_pieces(double time_seconds, const std::vector<ObservedFace>& faces,
                                                    const std::vector<std::size_t>& places) {
  std::vector<double> costs(open_.size() * faces.size(), kImpossible);
  for (std::size_t row = 0; row < open_.size(); ++row) {
    for (std::size_t column = 0; column < faces.size(); ++column) {
      const auto unlikeness = pieces_[open_[row]].unlikeness(faces[column], time_seconds);
      if (unlikeness) costs[row * faces.size() + column] = *unlikeness;
    }
  }
  std::vector<bool> taken(faces.size(), false);
  const auto column_of = assign(costs, open_.size(), faces.size(), kCostAlone);
  for (std::size_t row = 0; row < open_.size(); ++row) {
    TrackPiece& piece = pieces_[open_[row]];
    if (!column_of[row]) {
      piece.miss();
      continue;
    }
    const ObservedFace& face = faces[*column_of[row]];
    const bool was_proven = piece.proof() == TrackPiece::kProven;
    piece.add({time_seconds, face.face, face.thumbnail, face.behind, {}});
    piece_of_face_[places[*column_of[row]]] = piece.piece_id();
    if (!was_proven && piece.proof() == TrackPiece::kProven) recall_label(piece);
    taken[*column_of[row]] = true;
  }
  return taken;
}

/// A face that was there before gets its label back. Asked when the piece is proven, lest a false alarm take the label.
void TrackAssociation::recall_label(TrackPiece& piece) {
  const Sighting& now = piece.last();
  auto best = lost_.end();
  double best_unlikeness = 1;
  for (auto track = lost_.begin(); track != lost_.end(); ++track) {
    const Sighting& seen = track->last;
    const double size = std::max(face_size(seen.face), face_size(now.face));
    const double growth = std::abs(std::log(face_size(now.face) / face_size(seen.face)));
    const Point was = face_centre(seen.face), is = face_centre(now.face);
    const double away = std::hypot(is.x - was.x, is.y - was.y) / size;
    const bool looks_known = seen.thumbnail && now.thumbnail;
    const double unlike_looks = looks_known ? 2 * (1 - correlation(*seen.thumbnail, *now.thumbnail)) : 0;
    // Someone who comes back turns up near where he left, or looks the same wherever it is.
    const double reach = looks_known ? 6 : 2 + (now.time_seconds - seen.time_seconds);
    const double unlikeness = unlike_looks + 0.7 * away / reach + 0.3 * growth;
    if (away < reach && growth < 0.7 && unlikeness < best_unlikeness) {
      best = track;
      best_unlikeness = unlikeness;
    }
  }
  if (best == lost_.end()) return;
  piece.rename(best->track_id);
  lost_.erase(best);
}

void TrackAssociation::add(double time_seconds, std::vector<ObservedFace> all) {
  std::vector<ObservedFace> faces;
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < all.size(); ++place) {
    if (!is_plausible(all[place].face)) continue;
    faces.push_back(std::move(all[place]));
    places.push_back(place);
  }
  piece_of_face_.assign(all.size(), 0);
  close_pieces(time_seconds);
  const std::vector<bool> taken = continue_pieces(time_seconds, faces, places);
  for (std::size_t index = 0; index < faces.size(); ++index) {
    if (taken[index]) continue;
    const std::int64_t label = (*next_label_)++;
    ObservedFace& face = faces[index];
    open_.push_back(pieces_.size());
    pieces_.emplace_back(label, label, Sighting{time_seconds, face.face, face.thumbnail, std::move(face.behind), {}});
    piece_of_face_[places[index]] = label;
  }
  previous_time_seconds_ = time_seconds;
  any_frame_ = true;
}

void TrackAssociation::follow(double time_seconds, const std::vector<FollowedFace>& faces) {
  for (const FollowedFace& followed : faces) {
    if (followed.of >= piece_of_face_.size() || !is_plausible(followed.face)) continue;
    for (TrackPiece& piece : pieces_) {
      if (piece.piece_id() == piece_of_face_[followed.of]) piece.add_followed({time_seconds, followed.face});
    }
  }
}

void TrackAssociation::forget_before(double time_seconds) {
  std::vector<TrackPiece> kept;
  std::vector<std::size_t> kept_open;
  for (std::size_t index = 0; index < pieces_.size(); ++index) {
    const bool open = std::find(open_.begin(), open_.end(), index) != open_.end();
    if (!open && pieces_[index].last().time_seconds < time_seconds) continue;
    pieces_[index].forget_before(time_seconds);
    if (open) kept_open.push_back(kept.size());
    kept.push_back(std::move(pieces_[index]));
  }
  pieces_ = std::move(kept);
  open_ = std::move(kept_open);
}

void TrackAssociation::forget_from(double time_seconds) {
  std::vector<TrackPiece> kept;
  for (TrackPiece& piece : pieces_) {
    if (piece.forget_from(time_seconds)) kept.push_back(std::move(piece));
  }
  pieces_ = std::move(kept);
  open_.clear();
}

}  // namespace reelface
