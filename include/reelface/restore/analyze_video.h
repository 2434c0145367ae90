// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "reelface/core/cancel_token.h"
#include "reelface/core/face.h"
#include "reelface/core/rgb_image.h"
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
  std::int64_t person = 0;  ///< of Analysis::people; 0 = nobody could tell
  double confidence = 0;    ///< of who it is, 0..1
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

/// A crop of a face for people to look at, aligned.
struct AnalyzedPortrait {
  std::int64_t frame = 0;
  RgbImage8 picture;
};

/// Somebody in the film, by the order of appearance.
struct AnalyzedPerson {
  std::int64_t id = 0;                                       ///< from 1
  std::vector<std::int64_t> tracks;                          ///< ids
  std::vector<std::pair<std::int64_t, std::int64_t>> spans;  ///< frames seen in, first and last; rising, apart
  std::int64_t frames = 0;
  double mean_size_px = 0;
  std::vector<AnalyzedPortrait> portraits;  ///< the best first; none unless asked for
};

struct Analysis {
  MediaInfo input;
  std::int64_t frames = 0;
  std::vector<AnalyzedShot> shots;
  std::vector<AnalyzedTrack> tracks;
  std::vector<AnalyzedPerson> people;
  std::vector<LayoutStretch> layouts;  ///< of a call, if tiles were looked for
  RunStatistics run;
};

/// What an analysis does besides finding faces.
struct AnalysisTasks {
  std::string tracks_file;  ///< written for `restore --tracks`; empty: nothing is
  bool people = true;       ///< tell who is who
  int portraits = 0;        ///< crops kept of each person
};

/// Looks the whole film over: shots, and every face through time.
Analysis analyze_video(const RestoreOptions& options, const AnalysisTasks& tasks = {},
                       const ProgressCallback& on_progress = {}, const CancelToken* cancel = nullptr);

}  // namespace reelface
