// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "film/film_meter.h"
#include "measure/bounded_series.h"
#include "pipeline/restore/film_record.h"
#include "reelface/restore/restore_options.h"
#include "report/report_data.h"

namespace reelface {

/// What a page says in figures about the steps for whole pictures: how restless the film was and is, and how much was
/// done to each frame. Memory does not grow with the film.
class FilmFigures {
 public:
  explicit FilmFigures(const FilmSteps& steps) : steps_(steps) {}

  /// Frames in order, behind those steps and before faces are pasted. Needs the original.
  void see(const FrameJob& job, const FrameRecord& record, double seconds);

  void add_charts(ReportData& data) const;
  void add_table(ReportData& data) const;

 private:
  FilmSteps steps_;
  FilmMeter before_, after_;
  BoundedSeries series_{4};
  std::int64_t frames_ = 0, repairs_ = 0, repaired_frames_ = 0;
  double repaired_ = 0, moved_squares_ = 0, light_squares_ = 0, cleaned_ = 0;
};

}  // namespace reelface
