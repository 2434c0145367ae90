// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/film_run.h"

#include <opencv2/core.hpp>

#include <new>
#include <utility>

#include "pipeline/graph/folding_source.h"
#include "pipeline/graph/serial_runner.h"
#include "pipeline/restore/group_source.h"
#include "pipeline/restore/read_known_faces.h"
#include "pipeline/restore/restore_settings.h"
#include "pipeline/stages/face_stages.h"
#include "pipeline/stages/repeat_stage.h"

namespace reelface {
namespace {

/// Memory that OpenCV does not get is missing like any other.
int note_error_of_opencv(int status, const char*, const char*, const char*, int, void*) {
  if (status == cv::Error::StsNoMem) throw std::bad_alloc();
  return 0;
}

FilmRun compose(Line line, const RestoreOptions& options, const VideoInfo& video, int threads) {
  cv::setNumThreads(1);  // pictures run side by side already
  cv::redirectError(note_error_of_opencv);
  FilmRun film;
  film.line = std::move(line);
  film.frames_per_group = frames_per_group(video);
  film.limits = graph_limits(threads);
  film.is_serial = options.run.serial;
  return film;
}

}  // namespace

GraphLimits graph_limits(int threads) {
  // Two groups more than there are threads: one that waits to be read and one that waits to be written.
  return {static_cast<std::size_t>(threads) + 2, threads};
}

MemoryNeed memory_need(const LineOutline& line, const VideoInfo& video, const GraphLimits& limits) {
  const std::size_t groups = limits.groups_in_flight + groups_held(line);
  return {decoded_facts(video), line, groups * frames_per_group(video), limits.threads};
}

LineOutline outline_of_restoring(const RestoreOptions& options, const VideoInfo& video, const LineEditor& edit_line) {
  Line line = make_restoring_line(options, unloaded_face_models(options), KnownFaces(), video, frames_per_group(video));
  if (edit_line) edit_line(line);
  return outline_of(line);
}

FilmRun compose_restoring(const RestoreOptions& options, const FaceModels& models, const VideoInfo& video, int threads,
                          const LineEditor& edit_line) {
  const KnownFaces known = read_known_faces(options, models, video);
  FilmRun film =
      compose(make_restoring_line(options, models, known, video, frames_per_group(video)), options, video, threads);
  film.model_description = models.traits.description;
  if (edit_line) edit_line(film.line);
  check_memory(memory_need(outline_of(film.line), video, film.limits), options.run.max_memory_bytes);
  return film;
}

FilmRun compose_analysis(const RestoreOptions& options, const VideoInfo& video, int threads) {
  const FaceModels models = load_analysis_models(options);
  const KnownFaces known = read_known_faces(options, models, video);
  return compose(make_tracking_line(options, models, known, video, frames_per_group(video)), options, video, threads);
}

RunStatistics run(const FilmRun& film, FrameSource& source, FrameSink& sink, const CancelToken* cancel) {
  FoldingSource folding(source, film.frames_per_group);
  const bool folds = !film.is_folded && folds_repeats(outline_of(film.line));
  FrameSource& used = folds ? static_cast<FrameSource&>(folding) : source;
  if (film.is_serial) return run_frames_serially(used, film.line, sink, cancel);
  return run_frame_graph(used, film.line, sink, film.limits, cancel);
}

}  // namespace reelface
