// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <filesystem>
#include <optional>

#include "core/clock.h"
#include "core/thread_count.h"
#include "media/parts/film_part.h"
#include "pipeline/parts/own_files.h"
#include "pipeline/parts/part_folder.h"
#include "pipeline/parts/part_label.h"
#include "pipeline/parts/part_reading.h"
#include "pipeline/parts/part_source.h"
#include "pipeline/parts/part_work.h"
#include "pipeline/parts/settings_fade.h"
#include "pipeline/parts/settings_spans.h"
#include "pipeline/parts/try_part.h"
#include "pipeline/restore/film_run.h"
#include "pipeline/restore/restore_settings.h"
#include "pipeline/stages/face_stages.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"
#include "reelface/parts/film_parts.h"

namespace reelface {
namespace {

/// The settings that hold for a part's frames. Those of a plan's film are settled by the plan.
class PartSettings {
 public:
  PartSettings(const FilmPlan& plan, const RestoreOptions& film, const FilmIndex& index, const PlannedPart& part)
      : segments_(plan.segments),
        film_(planned_options(plan, film)),
        span_(span_at(spans_of(segments_, index), part.first_frame)) {}

  RestoreOptions options() const { return options_in_span(film_, segments_, span_.segment); }

  /// What was loaded for the film, if it serves this part as well; else null.
  std::shared_ptr<const FaceModels> models(const std::shared_ptr<const FaceModels>& films) const {
    return !span_.segment || need_same_models(film_, options()) ? films : nullptr;
  }

  SettingsFade fade_into(const KnownFilm& film, const PlannedPart& part, const CancelToken* cancel) const {
    if (part.first_frame >= span_.fade_end) return {};
    return {film, options_in_span(film_, segments_, span_.before), span_, part, cancel};
  }

 private:
  const FilmSegments& segments_;
  RestoreOptions film_;
  SettingsSpan span_;
};

/// One way of reading the part: from near its beginning, or from the film's.
class PartRun {
 public:
  PartRun(const std::string& folder, const FilmPlan& plan, const RestoreOptions& film, std::size_t number,
          const PlannedPart& part, std::string path, const std::shared_ptr<const FaceModels>& models,
          const ProgressCallback& on_progress, const CancelToken* cancel)
      : plan_(plan),
        number_(number),
        part_(part),
        path_(std::move(path)),
        on_progress_(on_progress),
        cancel_(cancel),
        threads_(threads_to_use(film.run.threads)),
        index_(index_of(folder, plan)),
        settings_(plan, film, index_, part),
        options_(settings_.options()),
        models_(settings_.models(models)) {
    if (!models_) models_ = std::make_shared<const FaceModels>(load_face_models(options_, threads_));
  }

  PartReport run() {
    if (plan_.may_seek && part_.read_from > 0) {
      try {
        const ReadOptions near = near_part(read_options(options_, threads_), plan_.extent, index_, part_);
        VideoReader frames(options_.input, near, cancel_);
        return make(frames);
      } catch (const OtherFrames& other) {
        log_warning(std::string(other.what()) + " when decoding begins in the middle; beginning at the start");
      }
    }
    return make();
  }

 private:
  PartReport make(VideoReader& frames) {
    const VideoReader film(options_.input, read_options(options_, threads_), cancel_);
    return make(film, frames);
  }

  PartReport make() {
    VideoReader film(options_.input, read_options(options_, threads_), cancel_);
    return make(film, film);
  }

  /// `film` tells what the whole film is like, `frames` gives the frames; may be the same.
  PartReport make(const VideoReader& film, VideoReader& frames) {
    const Stopwatch watch;
    const SettingsFade fade = settings_.fade_into({film.info(), index_, true, plan_.may_seek}, part_, cancel_);
    FilmRun run_of_part = compose_restoring(options_, *models_, film.info().video, threads_);
    spare_work_outside(run_of_part.line, part_);
    FilmPartWriter writer(film, options_.output, write_options(options_, film.info(), threads_), path_);
    PartSource source(frames, index_, part_, run_of_part.frames_per_group, cancel_);
    PartSink sink(writer, part_, fade, !options_.model.aligned, on_progress_);
    reelface::run(run_of_part, source, sink, cancel_);
    if (cancel_ && cancel_->is_requested()) throw Error(ExitCode::kInterrupted, "interrupted; the part is not kept");
    if (sink.frames_written() != part_.frames())
      throw Error(ExitCode::kInternal, "frames were lost between reading and writing");
    PartReport report;
    report.frames = sink.frames_written();
    report.faces = sink.faces();
    report.fallback = sink.fallback();
    report.wall_seconds = watch.seconds();
    writer.finish(to_text({plan_.id, number_, run_of_part.model_description, this_worker(), report}));
    return report;
  }

  const FilmPlan& plan_;
  std::size_t number_;
  const PlannedPart& part_;
  std::string path_;
  const ProgressCallback& on_progress_;
  const CancelToken* cancel_;
  int threads_;
  FilmIndex index_;
  PartSettings settings_;
  RestoreOptions options_;
  std::shared_ptr<const FaceModels> models_;
};

/// The report of a good part that is there already.
std::optional<PartReport> finished_part(const std::string& folder, const FilmPlan& plan, std::size_t part) {
  if (!std::filesystem::exists(part_path(folder, part))) return std::nullopt;
  try {
    PartReport report = checked_label(folder, plan, part).report;
    report.was_there = true;
    return report;
  } catch (const Error& error) {
    log_warning(std::string(error.what()) + "; it is made again");
    return std::nullopt;
  }
}

}  // namespace

void try_part(const std::string& folder, const FilmPlan& plan, const RestoreOptions& options, const PlannedPart& part,
              const std::shared_ptr<const FaceModels>& models, const ProgressCallback& on_progress,
              const CancelToken* cancel) {
  const std::string path = (std::filesystem::path(folder) / ("trial." + std::to_string(getpid()))).string();
  PartRun(folder, plan, options, 0, part, path, models, on_progress, cancel).run();
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
}

PartReport make_part(const std::string& folder, const FilmPlan& plan, const RestoreOptions& options, std::size_t part,
                     const std::shared_ptr<const FaceModels>& models, const ProgressCallback& on_progress,
                     const CancelToken* cancel) {
  if (part >= plan.parts.size())
    throw Error(ExitCode::kUsage, "there is no part " + std::to_string(part),
                "the parts are 0 to " + std::to_string(plan.parts.size() - 1));
  if (const std::optional<PartReport> finished = finished_part(folder, plan, part)) return *finished;
  remove_abandoned_attempts(folder, part);
  RunningNote note(folder, part);
  const ProgressCallback noting = [&](const RestoreProgress& progress) {
    note.update(progress.frames_done);
    if (on_progress) on_progress(progress);
  };
  try {
    PartReport report =
        PartRun(folder, plan, options, part, plan.parts[part], part_path(folder, part), models, noting, cancel).run();
    forget_failure(folder, part);
    return report;
  } catch (const std::exception& exception) {
    const bool was_stopped = cancel && cancel->is_requested();
    if (!was_stopped) note_failure(folder, part, describe(exception), static_cast<int>(exit_code_of(exception)));
    throw;
  }
}

}  // namespace reelface
