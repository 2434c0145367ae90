// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "reelface/core/cancel_token.h"
#include "reelface/pipeline/line_outline.h"
#include "reelface/restore/film_segments.h"
#include "reelface/restore/layout_report.h"
#include "reelface/restore/restore_options.h"
#include "reelface/restore/track_report.h"

namespace reelface {

struct RestoreProgress {
  std::int64_t frames_done = 0;
  std::int64_t frames_expected = 0;  ///< 0 = unknown
  std::int64_t faces_restored = 0;
  double elapsed_seconds = 0;
};

/// Called from the writing thread after every group; must return quickly.
using ProgressCallback = std::function<void(const RestoreProgress&)>;

/// The networks that some options ask for, loaded: they serve any number of runs, at the same time as well.
struct FaceModels;
std::shared_ptr<const FaceModels> load_models(const RestoreOptions& options);

/// Changes the line before the run: where a program of your own hooks in. See examples/custom_stage.cpp.
using LineEditor = std::function<void(Line&)>;

/// What was done, for people and for --report.
struct RestoreReport {
  MediaInfo input;
  WritePlan plan;
  WriteSummary output;
  DamageReport damage;
  std::vector<PictureStretch> stretches;  ///< one: the pictures did not change their size
  RunStatistics run;
  std::string model;                ///< which network restored, where and how precisely; empty with --model none
  std::string fallback;             ///< from which frame on something else restored, and what; empty as a rule
  std::vector<TrackReport> tracks;  ///< empty for a film made in parts: each part numbers its tracks by itself
  FaceCount faces;
  std::vector<LayoutStretch>
      layouts;               ///< of a call; empty where nothing but one picture was seen, and for films in parts
  FilmSegments segments;     ///< where other settings held
  bool interrupted = false;  ///< stopped on request: output.path is the closed `.part` file
  bool degraded = false;     ///< the input was damaged, but within what --on-damage accepts
  std::vector<std::string> warnings;
};

/// Restores one video, picture or sequence. The output appears whole or not at all. Without `models` they are loaded.
RestoreReport restore_video(const RestoreOptions& options, const ProgressCallback& on_progress = {},
                            const CancelToken* cancel = nullptr, const LineEditor& edit_line = {},
                            const std::shared_ptr<const FaceModels>& models = {});

/// What restore_video would do.
struct RestorePlan {
  WritePlan output;
  FrameFacts read;                        ///< what frames are like on their way in
  std::vector<PictureStretch> stretches;  ///< of pictures that change their size; empty if they do not, or nobody knows
  LineOutline steps;                      ///< what happens to them
  FilmSegments segments;                  ///< where it is done otherwise
  std::size_t frames_alive = 0;           ///< at most, between reading and writing
  int threads = 1;
  std::int64_t memory_bytes = 0;  ///< of the whole run at most, roughly; without LibTorch, unless it is open already
};

/// Steps that `edit_line` adds count for memory, and are not told. Writes nothing and loads no network.
RestorePlan plan_restore(const RestoreOptions& options, const LineEditor& edit_line = {});

}  // namespace reelface
