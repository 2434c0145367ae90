// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/clock.h"
#include "media/parts/film_part.h"
#include "pipeline/parts/settings_fade.h"
#include "pipeline/restore/fallback_note.h"
#include "pipeline/restore/track_ledger.h"
#include "reelface/parts/film_plan.h"
#include "reelface/pipeline/line.h"
#include "reelface/restore/restore_video.h"

namespace reelface {

/// Whether nothing of this job is a frame of the part.
bool is_outside(const PlannedPart& part, const FrameJob& job);

/// Spares the work on frames of the warm-up and the look-ahead that nothing of the part's own frames depends on.
void spare_work_outside(Line& line, const PlannedPart& part);

/// Encodes the part's own frames and lets the others go.
class PartSink : public FrameSink {
 public:
  /// All outlive the sink.
  PartSink(FilmPartWriter& writer, const PlannedPart& part, const SettingsFade& fade, bool follows_faces,
           const ProgressCallback& on_progress);

  void write(FrameGroup& group) override;

  std::int64_t frames_written() const { return frames_written_; }
  FaceCount faces() const { return faces_of(ledger_.reports()); }
  std::string fallback() const { return fallback_.text(); }

 private:
  void check_cut(const FrameJob& job) const;

  FilmPartWriter& writer_;
  const PlannedPart& part_;
  const SettingsFade& fade_;
  bool follows_faces_;
  const ProgressCallback& on_progress_;
  Stopwatch watch_;
  std::int64_t frames_written_ = 0;
  std::int64_t faces_restored_ = 0;
  TrackLedger ledger_;
  FallbackNote fallback_;
};

}  // namespace reelface
