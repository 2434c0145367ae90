// SPDX-License-Identifier: Apache-2.0
#include "face_change.h"

#include <algorithm>
#include <cmath>

#include "faces/face_thumbnail.h"
#include "track_piece.h"

namespace reelface {
namespace {

// Correlations of thumbnails, measured at 32 to 48 px, crf 32, softness and noise: different people in the same place
// 0.35 at the middle, 0.57 to 0.62 at nine tenths, 0.88 at most; the same face over a step 0.99 at the middle and never
// below 0.81; in real clips with fast turns and shaking 0.76.
constexpr double kSomebodyElse = 0.6;
constexpr double kSameFace = 0.88;
constexpr double kSteadier = 0.2;      // so much more alike are frames of one side among themselves
constexpr double kSameQuarter = 0.85;  // of a face that is partly hidden, some quarter shows as before

enum class Verdict { kUnknown, kStays, kChanges };

/// The same place, one step on.
const ObservedFace* counterpart(const ObservedFace& face, const FacesOfFrame& faces) {
  const ObservedFace* best = nullptr;
  double nearest = 0.6;
  const Point here = face_centre(face.face);
  for (const ObservedFace& other : faces) {
    if (!is_plausible(other.face)) continue;
    const double size = std::max(face_size(face.face), face_size(other.face));
    const Point there = face_centre(other.face);
    const double away = std::hypot(there.x - here.x, there.y - here.y) / size;
    const double growth = std::abs(std::log(face_size(other.face) / face_size(face.face)));
    if (away + growth < nearest) {
      nearest = away + growth;
      best = &other;
    }
  }
  return best && best->thumbnail ? best : nullptr;
}

/// The face's looks in these frames, one after the other, where it is found.
std::vector<const FaceThumbnail*> looks_of(const ObservedFace& face, const std::vector<const FacesOfFrame*>& frames) {
  std::vector<const FaceThumbnail*> looks;
  const ObservedFace* last = &face;
  for (const FacesOfFrame* frame : frames) {
    const ObservedFace* found = counterpart(*last, *frame);
    if (!found) continue;
    looks.push_back(&*found->thumbnail);
    last = found;
  }
  return looks;
}

double most_alike(const std::vector<const FaceThumbnail*>& some, const std::vector<const FaceThumbnail*>& others) {
  double best = -1;
  for (const FaceThumbnail* one : some) {
    for (const FaceThumbnail* other : others) best = std::max(best, correlation(*one, *other));
  }
  return best;
}

double least_alike(const std::vector<const FaceThumbnail*>& looks) {
  double least = 1;
  for (const FaceThumbnail* other : looks) least = std::min(least, correlation(*looks.front(), *other));
  return least;
}

/// Of the four quarters' correlations, the highest.
double most_alike_quarter(const FaceThumbnail& first, const FaceThumbnail& second) {
  constexpr std::size_t kSide = FaceThumbnail::kSide, kHalf = kSide / 2;
  double best = -1;
  for (std::size_t quarter = 0; quarter < 4; ++quarter) {
    double a = 0, b = 0, aa = 0, bb = 0, ab = 0;
    for (std::size_t row = 0; row < kHalf; ++row) {
      for (std::size_t column = 0; column < kHalf; ++column) {
        const std::size_t at = (row + quarter / 2 * kHalf) * kSide + column + quarter % 2 * kHalf;
        const double x = first.values[at], y = second.values[at];
        a += x, b += y, aa += x * x, bb += y * y, ab += x * y;
      }
    }
    constexpr double kCount = kHalf * kHalf;
    const double spread = std::sqrt(std::max(0.0, aa - a * a / kCount) * std::max(0.0, bb - b * b / kCount));
    if (spread > 1e-9) best = std::max(best, (ab - a * b / kCount) / spread);
  }
  return best;
}

Verdict judge(const ObservedFace& face, const std::vector<const FacesOfFrame*>& before,
              const std::vector<const FacesOfFrame*>& after) {
  const auto looked_before = looks_of(face, before);
  const auto looks_after = looks_of(face, after);
  if (looked_before.empty() || looks_after.empty()) return Verdict::kUnknown;
  const double alike = most_alike(looked_before, looks_after);
  if (alike >= kSameFace) return Verdict::kStays;
  if (alike >= kSomebodyElse || looked_before.size() < 2 || looks_after.size() < kFewestFramesAfterChange)
    return Verdict::kUnknown;
  const double steadiness = std::min(least_alike(looked_before), least_alike(looks_after));
  if (steadiness < alike + kSteadier) return Verdict::kUnknown;
  if (most_alike_quarter(*looked_before.front(), *looks_after.front()) >= kSameQuarter) return Verdict::kUnknown;
  return Verdict::kChanges;
}

}  // namespace

bool everybody_changes(const std::vector<const FacesOfFrame*>& before, const std::vector<const FacesOfFrame*>& after) {
  if (before.empty() || after.empty()) return false;
  bool somebody_changes = false;
  for (const ObservedFace& face : *after.front()) {
    if (!face.thumbnail || !is_plausible(face.face)) continue;
    const Verdict verdict = judge(face, before, after);
    if (verdict == Verdict::kStays) return false;
    somebody_changes |= verdict == Verdict::kChanges;
  }
  return somebody_changes;
}

}  // namespace reelface
