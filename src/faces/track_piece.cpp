// SPDX-License-Identifier: Apache-2.0
#include "track_piece.h"

#include <algorithm>
#include <cmath>

#include "core/box_overlap.h"
#include "faces/face_thumbnail.h"

namespace reelface {
namespace {

/// Motion is judged from this much past only, which also keeps the memory of the association short.
constexpr double kMotionMemorySeconds = 0.35;

/// A gap of so many frames looked at in vain has two ends to be proven: one false alarm must not hold a face that left.
constexpr int kLongGapFrames = 3;

/// Of a face's size.
constexpr double kMostDisagreement = 0.15;

float between(float before, float after, double share) {
  return static_cast<float>(before + share * (after - before));
}

bool all_finite(const Face& face) {
  bool finite = std::isfinite(face.box.x) && std::isfinite(face.box.y) && std::isfinite(face.score);
  for (const Point& point : face.points) finite = finite && std::isfinite(point.x) && std::isfinite(point.y);
  return finite;
}

}  // namespace

double face_size(const Face& face) {
  return std::sqrt(double{face.box.width} * face.box.height);
}

Point face_centre(const Face& face) {
  return {face.box.x + face.box.width / 2, face.box.y + face.box.height / 2};
}

bool is_plausible(const Face& face) {
  if (!all_finite(face) || !(face.box.width > 0.5F) || !(face.box.height > 0.5F)) return false;
  if (!std::isfinite(face.box.width) || !std::isfinite(face.box.height)) return false;
  const auto [left, right] = std::minmax_element(face.points.begin(), face.points.end(),
                                                 [](const Point& a, const Point& b) { return a.x < b.x; });
  const auto [top, bottom] = std::minmax_element(face.points.begin(), face.points.end(),
                                                 [](const Point& a, const Point& b) { return a.y < b.y; });
  return std::max(right->x - left->x, bottom->y - top->y) > 0.05 * face_size(face);
}

namespace {

Face mixed(const Face& from, const Face& to, double share) {
  Face face;
  face.box = {between(from.box.x, to.box.x, share), between(from.box.y, to.box.y, share),
              between(from.box.width, to.box.width, share), between(from.box.height, to.box.height, share)};
  for (std::size_t index = 0; index < face.points.size(); ++index) {
    face.points[index] = {between(from.points[index].x, to.points[index].x, share),
                          between(from.points[index].y, to.points[index].y, share)};
  }
  face.score = between(from.score, to.score, share);
  return face;
}

const Face* face_at(const std::vector<TimedFace>& way, double time_seconds) {
  const auto found =
      std::find_if(way.begin(), way.end(), [&](const TimedFace& timed) { return timed.time_seconds == time_seconds; });
  return found == way.end() ? nullptr : &found->face;
}

/// Ways from both ends that lead to different places are of something else that moved.
bool agree(const Face& first, const Face& second) {
  const Point here = face_centre(first), there = face_centre(second);
  return std::hypot(there.x - here.x, there.y - here.y) < kMostDisagreement * face_size(first);
}

}  // namespace

BridgedFace face_between(const Sighting& before, const Sighting& after, double time_seconds) {
  const double length = after.time_seconds - before.time_seconds;
  const double share = length > 0 ? (time_seconds - before.time_seconds) / length : 0;
  const Face* ahead = face_at(before.ahead, time_seconds);
  const Face* behind = face_at(after.behind, time_seconds);
  // Each way is surest near its own end, so that nothing jumps where a frame was looked at.
  if (ahead && behind && agree(*ahead, *behind)) return {mixed(*ahead, *behind, share), true};
  return {mixed(before.face, after.face, share), false};
}

TrackPiece::TrackPiece(std::int64_t track_id, std::int64_t piece_id, Sighting first)
    : track_id_(track_id), piece_id_(piece_id) {
  sightings_.push_back(std::move(first));
}

void TrackPiece::add(Sighting sighting) {
  sighting.missed_before = missed_;
  missed_ = 0;
  proof_ = std::min(proof_ + 1, kProven);
  sightings_.push_back(std::move(sighting));
}

void TrackPiece::forget_before(double time_seconds) {
  while (sightings_.size() > 1 && sightings_[1].time_seconds < time_seconds) sightings_.pop_front();
}

bool TrackPiece::forget_from(double time_seconds) {
  while (!sightings_.empty() && sightings_.back().time_seconds >= time_seconds) sightings_.pop_back();
  return !sightings_.empty();
}

Point TrackPiece::predicted_centre(double time_seconds) const {
  double count = 0, times = 0, squares = 0, x = 0, y = 0, time_x = 0, time_y = 0;
  for (auto sighting = sightings_.rbegin(); sighting != sightings_.rend(); ++sighting) {
    const double away = sighting->time_seconds - last().time_seconds;
    if (away < -kMotionMemorySeconds) break;
    const Point centre = face_centre(sighting->face);
    ++count;
    times += away;
    squares += away * away;
    x += centre.x;
    y += centre.y;
    time_x += away * centre.x;
    time_y += away * centre.y;
  }
  const Point now = face_centre(last().face);
  const double spread = squares - times * times / count;
  if (count < 2 || spread <= 1e-12) return now;
  const double ahead = time_seconds - last().time_seconds;
  return {static_cast<float>(now.x + ahead * (time_x - times * x / count) / spread),
          static_cast<float>(now.y + ahead * (time_y - times * y / count) / spread)};
}

double TrackPiece::unlike_looks(const ObservedFace& observed) const {
  if (!observed.thumbnail) return 0;
  double best = -1;
  int compared = 0;
  for (auto sighting = sightings_.rbegin(); sighting != sightings_.rend() && compared < 3; ++sighting) {
    if (sighting->time_seconds < last().time_seconds - kMotionMemorySeconds) break;
    if (!sighting->thumbnail) continue;
    best = std::max(best, correlation(*sighting->thumbnail, *observed.thumbnail));
    ++compared;
  }
  return compared > 0 ? 1 - best : 0;
}

std::optional<double> TrackPiece::unlikeness(const ObservedFace& observed, double time_seconds) const {
  const double size = face_size(last().face), new_size = face_size(observed.face);
  const double growth = std::abs(std::log(new_size / size));
  const double gap = time_seconds - last().time_seconds;
  const Point expected = predicted_centre(time_seconds);
  const Point found = face_centre(observed.face);
  const double away = std::hypot(found.x - expected.x, found.y - expected.y) / std::max(size, new_size);
  // A piece of one sighting has no motion yet and may start fast.
  const double reach = sightings_.size() < 2 ? 1.0 : std::min(0.35 + 1.2 * gap, 0.9);
  if (away > reach || growth > 0.4 + std::min(gap, 0.4)) return std::nullopt;
  const Face& seen = last().face;
  const Box expected_box{expected.x - seen.box.width / 2, expected.y - seen.box.height / 2, seen.box.width,
                         seen.box.height};
  return away + 0.5 * growth + 0.5 * (1 - box_overlap<double>(expected_box, observed.face.box)) +
         unlike_looks(observed);
}

bool TrackPiece::is_bridge(std::size_t after, double known_until_seconds) const {
  if (sightings_[after].missed_before < kLongGapFrames) return true;
  const bool proven_behind = after + 1 < sightings_.size() && sightings_[after + 1].missed_before < kLongGapFrames &&
                             sightings_[after + 1].time_seconds <= known_until_seconds;
  const bool proven_before = after >= 2 && sightings_[after - 1].missed_before < kLongGapFrames;
  return proven_behind && proven_before;
}

std::optional<TrackPiece::Present> TrackPiece::followed_at(const std::vector<TimedFace>& way, double time_seconds) {
  const Face* face = face_at(way, time_seconds);
  if (!face) return std::nullopt;
  return Present{*face, true, true};
}

std::optional<TrackPiece::Present> TrackPiece::at(double time_seconds, double known_until_seconds) const {
  const auto after =
      std::lower_bound(sightings_.begin(), sightings_.end(), time_seconds,
                       [](const Sighting& sighting, double time) { return sighting.time_seconds < time; });
  if (after == sightings_.end() || after->time_seconds > known_until_seconds) {
    if (after == sightings_.begin()) return std::nullopt;
    return followed_at((after - 1)->ahead, time_seconds);
  }
  if (after->time_seconds == time_seconds) return Present{after->face};
  if (after == sightings_.begin()) return followed_at(after->behind, time_seconds);
  if (!is_bridge(static_cast<std::size_t>(after - sightings_.begin()), known_until_seconds)) return std::nullopt;
  const BridgedFace bridged = face_between(*(after - 1), *after, time_seconds);
  return Present{bridged.face, true, bridged.followed};
}

}  // namespace reelface
