// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "evidence/compare_videos.h"
#include "film_measures.h"

namespace reelface {

/// Mean of the values that are numbers.
class FiniteMean {
 public:
  void add(double value);
  double value() const { return count_ > 0 ? sum_ / static_cast<double>(count_) : kNoValue; }

 private:
  double sum_ = 0;
  std::int64_t count_ = 0;
};

/// Adds up one file's measures over a film.
class MeasureTotals {
 public:
  /// Frames in order.
  void add(std::int64_t frame, const ComparedMeasures& measures, bool is_cut);
  MeasureSummary summary() const;

 private:
  FiniteMean error_luma_, error_rgb_, ssim_, ms_ssim_, sharpness_, colour_;
  FiniteMean identity_, face_error_, face_ssim_, face_sharpness_;
  FiniteMean warping_, face_warping_, motion_, niqe_;
  StaticFlicker flicker_;
  FilmTotals film_;
  BrightnessPumping pumping_;
  LandmarkTrembling trembling_;
};

/// The values of one file that go into the series; PSNR in dB.
std::vector<double> series_values(const ComparedMeasures& measures);

}  // namespace reelface
