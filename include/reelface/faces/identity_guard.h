#pragma once

#include <cstdint>
#include <map>

namespace reelface {

/// How much of a restoration is used: all of it up to half the limit, nothing from one and a half limits on. `excess`
/// is by how much the restored face is farther from the input than is explained by how poor the input is.
double identity_strength(double excess, double limit);

/// Says in which frames the identity of a face is measured: where a piece starts to be restored, and once in every
/// stretch of film time. Stretches are fixed by the clock, so that a part of a film measures the same frames as the
/// whole. Memory: one stretch. One owner, frames in order.
class IdentitySchedule {
 public:
  static constexpr double kStretchSeconds = 1.25;

  bool is_due(std::int64_t piece_id, double time_seconds);
  void reset() { measured_.clear(); }  ///< at a cut

 private:
  std::map<std::int64_t, double> measured_;  ///< last measured stretch by piece
};

/// Turns measurements into a strength without steps: the first one counts at once, because the face itself fades in;
/// later ones are moved to within 0.4 s. Finite memory: what was before the latest measurement is forgotten when the
/// strength has arrived there, 0.4 s later at most. One owner, frames in order.
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
