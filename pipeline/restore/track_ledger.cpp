// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/track_ledger.h"

#include <algorithm>
#include <cmath>

namespace reelface {
namespace {

Position centre(const std::array<Point, 5>& points) {
  Position sum;
  for (const Point& point : points) {
    sum.x += point.x / 5.0;
    sum.y += point.y / 5.0;
  }
  return sum;
}

/// Where the smoothed alignment says the middle of the template's points is in the picture.
Position smoothed_centre(const TrackedFace& face) {
  const Position middle = centre(alignment_template(512));
  return Affine{face.alignment.to_template.matrix()}.inverse().apply(middle);
}

}  // namespace

void SecondDifferences::add(std::int64_t frame, Position place, double size) {
  if (count_ >= 2 && frame == last_frame_ + 1 && last_frame_ == before_frame_ + 1) {
    const double dx = place.x - 2 * last_.x + before_.x, dy = place.y - 2 * last_.y + before_.y;
    sum_ += (dx * dx + dy * dy) / std::max(size * size, 1.0);
    ++terms_;
  }
  before_ = last_;
  before_frame_ = last_frame_;
  last_ = place;
  last_frame_ = frame;
  ++count_;
}

double SecondDifferences::root_mean_square() const {
  return terms_ > 0 ? std::sqrt(sum_ / static_cast<double>(terms_)) : 0;
}

void TrackLedger::note(std::int64_t frame, const FaceWork& work) {
  for (const FaceJob& face : work.faces) {
    Entry& entry = entries_[face.track.track_id];
    TrackReport& report = entry.report;
    if (report.frames == 0) report.first_frame = frame;
    report.id = face.track.track_id;
    report.last_frame = frame;
    ++report.frames;
    if (face.track.interpolated)
      ++report.interpolated;
    else
      entry.detected.add(frame, centre(face.track.face.points), face.track.size_px);
    entry.smoothed.add(frame, smoothed_centre(face.track), face.track.size_px);
    if (!face.restored.samples.empty()) ++report.restored;
    if (face.failed) ++report.failed;
    const std::string reason(face.strength.main_reason());
    if (reason != "full") ++report.held_back[reason];
    entry.strength_sum += face.strength.total();
    entry.identity_strength_sum += face.strength.identity;
    if (face.identity) {
      ++report.identity.measured;
      report.identity.distance_before += face.identity->distance;
      report.identity.distance_after += face.identity->distance_after;
      report.identity.expected += face.identity->expected;
    }
    if (face.skin) {
      ++report.light.measured;
      report.light.before += face.skin->before;
      report.light.after += face.skin->after;
    }
    entry.residual_squares += face.track.alignment.residual_px * face.track.alignment.residual_px;
    entry.size_sum += face.track.size_px;
  }
}

std::vector<TrackReport> TrackLedger::reports() const {
  std::vector<TrackReport> reports;
  for (const auto& [id, entry] : entries_) {
    TrackReport report = entry.report;
    const auto frames = static_cast<double>(report.frames);
    report.mean_strength = entry.strength_sum / frames;
    report.identity.strength = entry.identity_strength_sum / frames;
    if (report.identity.measured > 0) {
      const auto measured = static_cast<double>(report.identity.measured);
      report.identity.distance_before /= measured;
      report.identity.distance_after /= measured;
      report.identity.expected /= measured;
    }
    if (report.light.measured > 0) {
      report.light.before /= static_cast<double>(report.light.measured);
      report.light.after /= static_cast<double>(report.light.measured);
    }
    report.residual_px = std::sqrt(entry.residual_squares / frames);
    report.mean_size_px = entry.size_sum / frames;
    report.jitter_before_percent = 100 * entry.detected.root_mean_square();
    report.jitter_after_percent = 100 * entry.smoothed.root_mean_square();
    reports.push_back(std::move(report));
  }
  return reports;
}

}  // namespace reelface
