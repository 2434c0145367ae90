// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/film_stretch.h"

#include <algorithm>
#include <utility>

#include "core/clock.h"
#include "core/thread_count.h"
#include "pipeline/parts/divide_film.h"
#include "pipeline/parts/part_reading.h"
#include "pipeline/parts/part_source.h"
#include "pipeline/parts/part_work.h"
#include "pipeline/restore/film_run.h"
#include "pipeline/restore/group_source.h"
#include "pipeline/restore/restore_settings.h"
#include "reelface/core/error.h"
#include "reelface/core/log.h"

namespace reelface {
namespace {

/// Keeps the stretch's own frames and lets the others go.
class KeepingSink : public FrameSink {
 public:
  /// `stretch` outlives the sink.
  explicit KeepingSink(const PlannedPart& stretch) : stretch_(stretch) {}

  void write(FrameGroup& group) override {
    for (FrameJob& job : group.jobs) {
      if (!job.frame || job.index < stretch_.first_frame || job.index >= stretch_.end_frame) continue;
      frames_.push_back(std::move(*job.frame));
      job.frame.reset();
    }
  }

  std::vector<Frame> take() { return std::move(frames_); }

 private:
  const PlannedPart& stretch_;
  std::vector<Frame> frames_;
};

/// Tells how many frames have been read.
class CountingSource : public FrameSource {
 public:
  /// All outlive the source.
  CountingSource(FrameSource& source, std::int64_t frames_expected, const ProgressCallback& on_progress)
      : source_(source), frames_expected_(frames_expected), on_progress_(on_progress) {}

  FrameGroupPtr next() override {
    FrameGroupPtr group = source_.next();
    if (group) frames_ += static_cast<std::int64_t>(group->jobs.size());
    if (on_progress_) on_progress_({frames_, frames_expected_, 0, watch_.seconds()});
    return group;
  }

 private:
  FrameSource& source_;
  std::int64_t frames_expected_;
  const ProgressCallback& on_progress_;
  std::int64_t frames_ = 0;
  Stopwatch watch_;
};

/// Cleans the stretch's own frames alone, if no step behind that looks at others: a network works on whole pictures,
/// and every one of them costs.
void spare_cleaning_outside(Line& line, const PlannedPart& stretch) {
  if (looks_around(steps_behind(outline_of(line), "clean"))) return;
  line.around("clean", [stretch](FrameGroup& group, const Line::Work& clean) {
    FrameGroup own;
    std::vector<FrameJob*> places;
    for (FrameJob& job : group.jobs) {
      if (is_outside(stretch, job)) continue;
      own.jobs.push_back(std::move(job));
      places.push_back(&job);
    }
    if (own.jobs.empty()) return;
    clean(own);
    for (std::size_t i = 0; i < places.size(); ++i) *places[i] = std::move(own.jobs[i]);
  });
}

class StretchRun {
 public:
  StretchRun(const KnownFilm& film, const RestoreOptions& options, const PlannedPart& stretch, FilmRun line,
             const ProgressCallback& on_progress, const CancelToken* cancel)
      : film_(film),
        options_(options),
        stretch_(stretch),
        run_(std::move(line)),
        on_progress_(on_progress),
        cancel_(cancel) {}

  /// Of frames that are read already, up to where the line begins.
  std::vector<Frame> frames_from(FrameSource& read) {
    CountingSource source(read, stretch_.read_to - stretch_.read_from, on_progress_);
    KeepingSink sink(stretch_);
    reelface::run(run_, source, sink, cancel_);
    if (cancel_ && cancel_->is_requested()) throw Error(ExitCode::kInterrupted, "stopped");
    std::vector<Frame> frames = sink.take();
    if (static_cast<std::int64_t>(frames.size()) != stretch_.frames())
      throw Error(ExitCode::kInternal, "frames were lost on their way");
    return frames;
  }

  std::vector<Frame> frames() {
    ReadOptions all = read_options(options_, threads_to_use(options_.run.threads));
    all.range = {};
    // Another canvas than the usual one makes other frames than those that were looked over, and is refused as such.
    const VideoInfo& video = film_.info.video;
    if (all.canvas.rule == CanvasRule::kAuto)
      all.settled_canvas = Canvas{video.width, video.height, video.sample_aspect_ratio, video.orientation};
    if (film_.may_seek && stretch_.read_from > 0) {
      try {
        return frames_of(near_part(all, ReadExtent(), film_.index, stretch_));
      } catch (const OtherFrames& other) {
        log_warning(std::string(other.what()) + " when decoding begins in the middle; beginning at the start");
      }
    }
    return frames_of(all);
  }

 private:
  std::vector<Frame> frames_of(const ReadOptions& how) {
    VideoReader reader(options_.input, how, cancel_);
    PartSource frames_of_part(reader, film_.index, stretch_, run_.frames_per_group, cancel_);
    return frames_from(frames_of_part);
  }

  const KnownFilm& film_;
  const RestoreOptions& options_;
  const PlannedPart& stretch_;
  FilmRun run_;
  const ProgressCallback& on_progress_;
  const CancelToken* cancel_;
};

/// What steps at the end of the line read to make the stretch's own frames.
PlannedPart needed_behind(const KnownFilm& film, const Line& line, const PlannedPart& stretch) {
  PlannedPart needed = part_of_film(film.index, {outline_of(line), frames_per_group(film.info.video)},
                                    stretch.first_frame, stretch.end_frame);
  // A cut shortens what the whole line reads, and only there it is known as one.
  needed.read_from = std::max(needed.read_from, stretch.read_from);
  needed.read_to = std::min(needed.read_to, stretch.read_to);
  return needed;
}

void check_frames(const KnownFilm& film, std::int64_t first, std::int64_t end) {
  if (first < 0 || end <= first || end > film.index.size())
    throw Error(ExitCode::kUsage, "the film has no frames " + std::to_string(first) + " to " + std::to_string(end),
                "frames count from 0");
}

}  // namespace

PlannedPart stretch_of(const KnownFilm& film, const RestoreOptions& options, std::int64_t first, std::int64_t end) {
  check_frames(film, first, end);
  if (!options.faces.reference_faces.empty() && options.faces.tracks_file.empty())
    throw Error(ExitCode::kUsage,
                "who a face is depends on where it was first seen, which a piece of the film does not tell",
                "look the film over first: reelface analyze --tracks FILE, and use that file");
  const VideoInfo& video = film.info.video;
  return part_of_film(film.index, {outline_of_restoring(options, video), frames_per_group(video)}, first, end);
}

bool is_known(const KnownFilm& film, const PlannedPart& stretch) {
  return film.is_whole || stretch.read_to + kFramesReadBehind < film.index.size();
}

std::vector<Frame> restore_stretch(const KnownFilm& film, const RestoreOptions& options, const PlannedPart& stretch,
                                   const StretchContext& context) {
  check_frames(film, stretch.first_frame, stretch.end_frame);
  const int threads = threads_to_use(options.run.threads);
  const std::shared_ptr<const FaceModels> models = context.models ? context.models : load_models(options);
  FilmRun line = compose_restoring(options, *models, film.info.video, threads);
  spare_work_outside(line.line, stretch);
  spare_cleaning_outside(line.line, stretch);
  FollowedStretch* const followed = context.followed;
  const bool is_kept = followed && line.line.has(kFollowingStep);
  if (is_kept) {
    const Line behind = line.line.behind(kFollowingStep);
    const PlannedPart needed = needed_behind(film, behind, stretch);
    const std::string settings = settings_of_following(options);
    if (followed->holds(settings, needed, behind)) {
      line.line = behind;
      line.is_folded = true;
      return StretchRun(film, options, needed, std::move(line), context.on_progress, context.cancel)
          .frames_from(*followed->source());
    }
    followed->keep(settings, needed, line.line);
  }
  std::vector<Frame> frames =
      StretchRun(film, options, stretch, std::move(line), context.on_progress, context.cancel).frames();
  if (is_kept) followed->complete();
  return frames;
}

std::vector<Frame> read_stretch(const KnownFilm& film, const RestoreOptions& options, const PlannedPart& stretch,
                                const CancelToken* cancel) {
  check_frames(film, stretch.first_frame, stretch.end_frame);
  PlannedPart alone = stretch;
  alone.read_from = alone.measure_from = alone.restore_from = alone.first_frame;
  alone.read_to = alone.end_frame;
  FilmRun line;
  line.frames_per_group = frames_per_group(film.info.video);
  line.is_serial = true;
  return StretchRun(film, options, alone, std::move(line), {}, cancel).frames();
}

}  // namespace reelface
