// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "pipeline/graph/frame_graph.h"
#include "pipeline/restore/memory_estimate.h"
#include "pipeline/stages/face_models.h"
#include "pipeline/stages/face_stages.h"
#include "reelface/media/media_info.h"
#include "reelface/pipeline/line_outline.h"
#include "reelface/restore/restore_options.h"
#include "reelface/restore/restore_video.h"

namespace reelface {

/// How one film is processed: the line, the length of groups, and what runs them. Everything that restores or analyses
/// a film, whole or in parts, is composed here.
struct FilmRun {
  Line line;
  std::string model_description;  ///< what restores, where and how precisely; for the report
  std::size_t frames_per_group = 1;
  GraphLimits limits;
  bool is_serial = false;
  bool is_folded = false;  ///< frames that repeat others come in those' jobs already
};

/// Restoring, with what `edit_line` adds. Throws Error(kOutOfMemory) where more would be needed than `options` allow.
/// Bounds OpenCV's threads and hears its errors, both of which are the whole process's.
FilmRun compose_restoring(const RestoreOptions& options, const FaceModels& models, const VideoInfo& video, int threads,
                          const LineEditor& edit_line = {});

/// The line of compose_restoring() as far as it can be told before any network is loaded: for planning.
LineOutline outline_of_restoring(const RestoreOptions& options, const VideoInfo& video,
                                 const LineEditor& edit_line = {});

/// What a run needs at most; `line` may be an outline.
MemoryNeed memory_need(const LineOutline& line, const VideoInfo& video, const GraphLimits& limits);

/// How many groups are between reading and writing, besides those that steps hold.
GraphLimits graph_limits(int threads);

/// Finding and following faces, no more; likewise.
FilmRun compose_analysis(const RestoreOptions& options, const VideoInfo& video, int threads);

/// Runs the whole of `source` through the line into `sink`: on the graph, or one thing at a time.
RunStatistics run(const FilmRun& film, FrameSource& source, FrameSink& sink, const CancelToken* cancel);

}  // namespace reelface
