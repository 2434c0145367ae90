// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "reelface/restore/face_work.h"
#include "reelface/restore/track_report.h"

namespace reelface {

/// Second differences of a path, over frames that follow each other directly: what the eye sees as jitter.
class SecondDifferences {
 public:
  void add(std::int64_t frame, Position place, double size);
  double root_mean_square() const;  ///< relative to the size

 private:
  Position last_, before_;
  std::int64_t last_frame_ = -1, before_frame_ = -1, count_ = 0, terms_ = 0;
  double sum_ = 0;
};

/// Adds up, frame by frame in order, what happened to each track. Grows with the number of tracks, not of frames.
class TrackLedger {
 public:
  void note(std::int64_t frame, const FaceWork& work);
  std::vector<TrackReport> reports() const;

 private:
  struct Entry {
    TrackReport report;
    SecondDifferences detected, smoothed;
    double strength_sum = 0, identity_strength_sum = 0, residual_squares = 0, size_sum = 0;
  };
  std::map<std::int64_t, Entry> entries_;
};

}  // namespace reelface
