// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "reelface/faces/tracked_face.h"

namespace reelface {

/// The five points of one face at one time.
struct AlignmentSample {
  double time_seconds = 0;
  std::array<Point, 5> points;  ///< in the frame's pixels
  double weight = 1;            ///< trust, 0..1: the detector's score, little for interpolated points
};

struct AlignmentOptions {
  double half_window_seconds = 0.25;  ///< samples farther away than this do not count; 0 = no smoothing
  double still_limit_px = 2.5;   ///< up to this disagreement (in the 512 crop) the steadier of two fits is used alone
  double residual_limit_px = 8;  ///< the face leaves the raw alignment by at most about this much (in the 512 crop)
};

/// Zero-phase smoothing: the alignment at `time_seconds` from the samples around it, past and future alike. A pure
/// function of the samples within ±half_window_seconds, so a film made in parts gives equal results; the caller passes
/// only samples of one track piece within one shot. `targets` is where the five points belong in the 512 crop.
///
/// Two local robust fits of log scale, angle and face centre over real time: a steady one (line, wide kernel) and a
/// quick one (parabola, narrow kernel). In still stretches the steady one is used alone; as the two drift apart by more
/// than the detector's noise explains, the result moves towards the quick one, and towards the raw points if even
/// that lags. Samples far off both their neighbours (a jumped detection) lose their weight.
///
/// Throws reelface::Error if no sample has any weight within the window.
SmoothedAlignment smooth_alignment(const std::vector<AlignmentSample>& samples, double time_seconds,
                                   const std::array<Point, 5>& targets, const AlignmentOptions& options = {});

}  // namespace reelface
