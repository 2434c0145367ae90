// SPDX-License-Identifier: Apache-2.0
#include "tracked_shot.h"

#include <algorithm>
#include <cmath>

#include "core/smooth_step.h"
#include "local_fit.h"
#include "reelface/faces/similarity.h"

namespace reelface {
namespace {

/// A face is believed if it was seen often enough within this much to either side.
constexpr double kBeliefSeconds = 0.5;

/// … and in at least this share of the frames looked at: false alarms that come back now and then do not reach it.
constexpr double kSeenShare = 0.25;

/// What the release of a frame looks back on: belief within half a second of a fade window's end, with room to spare.
constexpr double kMemorySeconds = 1.5;

/// How far interpolated points count in smoothing, next to detected ones.
constexpr double kInterpolatedWeight = 0.2;
/// Their motion is true, but their error is that of the sightings around them once more.
constexpr double kFollowedWeight = 0.5;

double weight_of(const TrackPiece::Present& seen) {
  if (!seen.interpolated) return 1;
  return seen.followed ? kFollowedWeight : kInterpolatedWeight;
}

}  // namespace

TrackedShot::TrackedShot(const FaceTrackerOptions& options, std::int64_t* next_label)
    : options_(options), targets_(alignment_template(512)), association_(options.longest_gap_seconds, next_label) {
  alignment_.half_window_seconds = options.window_seconds / 2;
}

void TrackedShot::add(FrameObservation observation) {
  if (observation.detected) {
    association_.add(observation.time_seconds, observation.faces);
  } else {
    association_.follow(observation.time_seconds, observation.followed);
  }
  frames_.push_back({observation.frame_index, observation.time_seconds, observation.starts_shot, observation.detected,
                     std::move(observation.faces), std::move(observation.followed)});
}

std::vector<FrameObservation> TrackedShot::take_from_change(bool is_all) {
  for (std::size_t place = released_; place < frames_.size(); ++place) {
    const SeenFrame& frame = frames_[place];
    if (!frame.detected || frame.frame_index <= examined_) continue;
    const bool is_known = is_all || looked_at_from(place) >= kFramesAfterChange ||
                          frames_.back().time_seconds >= frame.time_seconds + options_.window_seconds / 2;
    if (!is_known) break;
    examined_ = frame.frame_index;
    if (changes_at(place)) return cut_off_from(place);
  }
  return {};
}

std::size_t TrackedShot::looked_at_from(std::size_t place) const {
  std::size_t count = 0;
  for (; place < frames_.size(); ++place) count += frames_[place].detected ? 1 : 0;
  return count;
}

bool TrackedShot::changes_at(std::size_t place) const {
  std::vector<const FacesOfFrame*> before, after;
  for (std::size_t back = place; back > 0 && before.size() < kFramesBeforeChange; --back) {
    if (frames_[back - 1].detected) before.push_back(&frames_[back - 1].faces);
  }
  std::reverse(before.begin(), before.end());
  for (std::size_t on = place; on < frames_.size() && after.size() < kFramesAfterChange; ++on) {
    if (frames_[on].detected) after.push_back(&frames_[on].faces);
  }
  return everybody_changes(before, after);
}

std::vector<FrameObservation> TrackedShot::cut_off_from(std::size_t place) {
  std::vector<FrameObservation> rest;
  for (std::size_t on = place; on < frames_.size(); ++on) {
    SeenFrame& frame = frames_[on];
    rest.push_back({frame.frame_index, frame.time_seconds, on == place, frame.detected, std::move(frame.faces),
                    std::move(frame.followed)});
  }
  association_.forget_from(frames_[place].time_seconds);
  frames_.resize(place);
  return rest;
}

std::vector<FrameTracks> TrackedShot::take_complete() {
  std::vector<FrameTracks> complete;
  while (released_ < frames_.size()) {
    const bool window_full = frames_.back().time_seconds >= frames_[released_].time_seconds + options_.window_seconds;
    const bool too_many = frames_.size() - released_ > static_cast<std::size_t>(options_.most_frames_held);
    if (!window_full && !too_many) break;
    complete.push_back(take_first());
  }
  return complete;
}

std::vector<FrameTracks> TrackedShot::take_all() {
  std::vector<FrameTracks> all;
  while (released_ < frames_.size()) all.push_back(take_first());
  return all;
}

FrameTracks TrackedShot::take_first() {
  const SeenFrame frame = frames_[released_];
  FrameTracks tracks{frame.frame_index, frame.time_seconds, frame.starts_shot, {}};
  for (const TrackPiece& piece : association_.pieces()) {
    if (const auto face = tracked_face(piece, frame)) tracks.faces.push_back(*face);
  }
  std::sort(tracks.faces.begin(), tracks.faces.end(), [](const TrackedFace& first, const TrackedFace& second) {
    if (first.size_px != second.size_px) return first.size_px < second.size_px;
    return first.face.box.x < second.face.box.x;
  });
  ++released_;
  forget_before(frame.time_seconds - kMemorySeconds);
  return tracks;
}

void TrackedShot::forget_before(double time_seconds) {
  while (released_ > 0 && frames_.front().time_seconds < time_seconds) {
    frames_.pop_front();
    --released_;
  }
  association_.forget_before(time_seconds);
}

TrackedShot::Evidence TrackedShot::evidence(const TrackPiece& piece, double from_seconds, double to_seconds,
                                            double known_until_seconds) const {
  Evidence found;
  const double until = std::min(to_seconds, known_until_seconds);
  for (const SeenFrame& frame : frames_) {
    if (frame.detected && frame.time_seconds >= from_seconds && frame.time_seconds <= until) ++found.chances;
  }
  for (const Sighting& sighting : piece.sightings()) {
    if (sighting.time_seconds < from_seconds || sighting.time_seconds > until) continue;
    ++found.sightings;
    found.scores += sighting.face.score;
  }
  return found;
}

bool TrackedShot::is_believed(const TrackPiece& piece, double time_seconds, double known_until_seconds) const {
  const Evidence found =
      evidence(piece, time_seconds - kBeliefSeconds, time_seconds + kBeliefSeconds, known_until_seconds);
  // A still picture is a film of one frame: where there was little to look at, little is asked for.
  const int needed = std::clamp((found.chances + 1) / 2, 1, options_.sightings_needed);
  if (found.sightings < needed || found.sightings < kSeenShare * found.chances) return false;
  return !(found.chances == 2 && found.sightings == 1 && found.scores < options_.lone_score);
}

double TrackedShot::fade_at(const TrackPiece& piece, double time_seconds, double known_until_seconds) const {
  const double half_window = options_.window_seconds / 2;
  int frames = 0, present = 0;
  for (const SeenFrame& frame : frames_) {
    if (std::abs(frame.time_seconds - time_seconds) > half_window) continue;
    ++frames;
    if (piece.at(frame.time_seconds, known_until_seconds) &&
        is_believed(piece, frame.time_seconds, known_until_seconds)) {
      ++present;
    }
  }
  // Half of the window is empty where a piece starts or ends within the shot; at a cut the window ends, and nothing
  // fades.
  return frames > 0 ? smooth_step(0.5, 1, static_cast<double>(present) / frames) : 0;
}

std::optional<TrackedFace> TrackedShot::tracked_face(const TrackPiece& piece, const SeenFrame& frame) const {
  const double time = frame.time_seconds;
  const double known_until = time + options_.window_seconds;
  const auto present = piece.at(time, known_until);
  if (!present || !is_believed(piece, time, known_until)) return std::nullopt;
  const double fade = fade_at(piece, time, known_until);
  if (fade <= 0) return std::nullopt;

  const double half_window = options_.window_seconds / 2;
  std::vector<AlignmentSample> samples;
  LocalBasis size_basis(std::max(half_window, 1e-9), 1);
  std::vector<double> sizes;
  for (const SeenFrame& near : frames_) {
    if (near.time_seconds != time && std::abs(near.time_seconds - time) >= half_window) continue;
    const auto seen = piece.at(near.time_seconds, known_until);
    if (!seen) continue;
    const double trust = std::clamp<double>(seen->face.score, 0.05, 1) * weight_of(*seen);
    samples.push_back({near.time_seconds, seen->face.points, trust});
    size_basis.add(near.time_seconds - time,
                   trust * biweight((near.time_seconds - time) / std::max(half_window, 1e-9)));
    sizes.push_back(std::log(face_size(seen->face)));
  }
  size_basis.solve();

  TrackedFace tracked;
  tracked.track_id = piece.track_id();
  tracked.piece_id = piece.piece_id();
  tracked.face = present->face;
  tracked.interpolated = present->interpolated;
  tracked.alignment = smooth_alignment(samples, time, targets_, alignment_);
  tracked.size_px = std::exp(size_basis.fit([&](std::size_t index) { return sizes[index]; }).at(0));
  const Evidence around = evidence(piece, time - half_window, time + half_window, known_until);
  tracked.confidence = present->face.score;
  if (around.sightings > 0) {
    const double seen_share = static_cast<double>(around.sightings) / around.chances;
    tracked.confidence = around.scores / around.sightings * smooth_step(0.1, 0.6, seen_share);
  }
  tracked.fade = fade;
  return tracked;
}

}  // namespace reelface
