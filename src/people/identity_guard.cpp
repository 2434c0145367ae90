// SPDX-License-Identifier: Apache-2.0
#include "people/identity_guard.h"

#include <algorithm>
#include <cmath>

#include "core/smooth_step.h"

namespace reelface {
namespace {

/// A piece that was not restored for so long starts anew.
constexpr double kMemorySeconds = 1.5 * IdentitySchedule::kStretchSeconds;

}  // namespace

double identity_strength(double excess, double limit) {
  return 1 - smooth_step(0.5 * limit, 1.5 * limit, excess);
}

bool IdentitySchedule::is_due(std::int64_t piece_id, double time_seconds) {
  const double stretch = std::floor(time_seconds / kStretchSeconds);
  for (auto piece = measured_.begin(); piece != measured_.end();) {
    piece = piece->second < stretch - 1 ? measured_.erase(piece) : std::next(piece);
  }
  const auto [piece, is_new] = measured_.emplace(piece_id, stretch);
  if (!is_new && piece->second == stretch) return false;
  piece->second = stretch;
  return true;
}

void IdentityGuard::measure(std::int64_t piece_id, double time_seconds, double strength) {
  for (auto piece = pieces_.begin(); piece != pieces_.end();) {
    piece = time_seconds - piece->second.measured_seconds > kMemorySeconds ? pieces_.erase(piece) : std::next(piece);
  }
  const auto [piece, is_new] = pieces_.emplace(piece_id, State{strength, strength, time_seconds, time_seconds});
  if (is_new) return;
  strength_at(piece_id, time_seconds);
  piece->second.target = strength;
  piece->second.measured_seconds = time_seconds;
}

double IdentityGuard::strength_at(std::int64_t piece_id, double time_seconds) {
  const auto piece = pieces_.find(piece_id);
  if (piece == pieces_.end()) return 1;
  State& state = piece->second;
  const double step = std::max(0.0, time_seconds - state.time_seconds) / kFadeSeconds;
  state.strength = std::clamp(state.target, state.strength - step, state.strength + step);
  state.time_seconds = std::max(state.time_seconds, time_seconds);
  return state.strength;
}

}  // namespace reelface
