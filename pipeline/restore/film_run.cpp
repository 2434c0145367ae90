#include "pipeline/restore/film_run.h"

#include <opencv2/core.hpp>

#include <utility>

#include "pipeline/graph/serial_runner.h"
#include "pipeline/restore/group_source.h"
#include "pipeline/restore/memory_estimate.h"
#include "pipeline/restore/restore_settings.h"
#include "reelface/inference/device.h"

namespace reelface {
namespace {

MemoryNeed memory_need(const RestoreOptions& options, const VideoInfo& video, std::size_t frames_alive) {
  const FrameFacts decoded = decoded_facts(video);
  const bool restores = restores_faces(options);
  const bool knows_people =
      !options.model.aligned && ((restores && options.identity.guard) || !options.faces.reference_faces.empty());
  return {decoded, output_facts(options, decoded), frames_alive, restores, knows_people, libtorch_is_open()};
}

FilmRun compose(FacePath faces, const RestoreOptions& options, std::size_t group_length, const ThreadBudget& threads) {
  cv::setNumThreads(threads.opencv);
  FilmRun film;
  film.line = std::move(faces.line);
  film.model_description = std::move(faces.model_description);
  film.frames_per_group = group_length;
  // Two groups more than there are threads: one that waits to be read and one that waits to be written.
  film.limits = {static_cast<std::size_t>(threads.graph) + 2, threads.graph};
  film.is_serial = options.run.serial;
  return film;
}

}  // namespace

FilmRun compose_restoring(const RestoreOptions& options, const FaceModels& models, const VideoInfo& video,
                          const ThreadBudget& threads) {
  const std::size_t group_length = frames_per_group(video);
  FilmRun film = compose(make_face_path(options, models, video, group_length), options, group_length, threads);
  const std::size_t frames_alive = most_groups_alive(film.line, film.limits) * group_length;
  check_memory(memory_need(options, video, frames_alive), options.run.max_memory_bytes);
  return film;
}

FilmRun compose_analysis(const RestoreOptions& options, const VideoInfo& video, const ThreadBudget& threads) {
  const std::size_t group_length = frames_per_group(video);
  return compose(make_tracking_path(options, video, group_length, threads), options, group_length, threads);
}

RunStatistics run(const FilmRun& film, FrameSource& source, FrameSink& sink, const CancelToken* cancel) {
  if (film.is_serial) return run_frames_serially(source, film.line, sink, cancel);
  return run_frame_graph(source, film.line, sink, film.limits, cancel);
}

}  // namespace reelface
