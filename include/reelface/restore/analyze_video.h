#pragma once

#include <string>
#include <vector>

#include "reelface/core/cancel_token.h"
#include "reelface/core/face.h"
#include "reelface/restore/restore_options.h"
#include "reelface/restore/restore_video.h"

namespace reelface {

/// One face in one frame, in display coordinates (turned as the viewer sees it, square pixels).
struct AnalyzedFace {
  std::int64_t frame = 0;
  double time_seconds = 0;
  Face face;
  bool interpolated = false;
  double size_px = 0;
  double residual_px = 0;  ///< distance of the points from the template after smoothing, in the 512 crop
  double fade = 1;
};

struct AnalyzedTrack {
  std::int64_t id = 0;
  std::size_t shot = 0;
  std::vector<AnalyzedFace> faces;  ///< by frame

  double jitter_before_percent = 0;  ///< rms second difference of the detected centre, in percent of the face's size
  double jitter_after_percent = 0;   ///< the same of the smoothed centre
};

struct AnalyzedShot {
  std::int64_t first_frame = 0;
  std::int64_t end_frame = 0;
  double start_seconds = 0;
};

struct Analysis {
  MediaInfo input;
  std::int64_t frames = 0;
  std::vector<AnalyzedShot> shots;
  std::vector<AnalyzedTrack> tracks;
  RunStatistics run;
};

/// Looks the whole film over: shots, and every face through time. Writes nothing.
Analysis analyze_video(const RestoreOptions& options, const ProgressCallback& on_progress = {},
                       const CancelToken* cancel = nullptr);

}  // namespace reelface
