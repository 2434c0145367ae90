// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>

namespace reelface {

/// How much of a restoration is used: all of it up to half the limit, none of it above one and a half limits. `excess`:
/// how much farther the restored face is from the input than the poor input explains.
double identity_strength(double excess, double limit);

/// Decides in which frames the identity of a face is measured: the first restored frame of a piece, and then one in
/// every stretch of film time. Stretches are counted in the film's own time, so a part of a film measures the same
/// frames as the whole. Memory: one stretch. One owner, frames in order.
class IdentitySchedule {
 public:
  static constexpr double kStretchSeconds = 1.25;

  bool is_due(std::int64_t piece_id, double time_seconds);
  void reset() { measured_.clear(); }  ///< at a cut

 private:
  std::map<std::int64_t, double> measured_;  ///< last measured stretch by piece
};

/// Turns measurements into a strength that changes smoothly. The first measurement counts at once, because the face
/// itself fades in; later ones are reached over up to 0.4 s. Finite memory: once the strength has reached the latest
/// measurement, what came before no longer counts. One owner, frames in order.
class IdentityGuard {
 public:
  static constexpr double kFadeSeconds = 0.4;

  /// The strength that a measurement in this frame asks for.
  void measure(std::int64_t piece_id, double time_seconds, double strength);

  /// The strength of this frame; 1 for pieces that were never measured.
  double strength_at(std::int64_t piece_id, double time_seconds);

  void reset() { pieces_.clear(); }  ///< at a cut

 private:
  struct State {
    double target = 1;
    double strength = 1;
    double time_seconds = 0;      ///< of `strength`
    double measured_seconds = 0;  ///< when `target` was found
  };
  std::map<std::int64_t, State> pieces_;
};

}  // namespace reelface
