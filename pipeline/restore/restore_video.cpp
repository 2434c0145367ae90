// SPDX-License-Identifier: Apache-2.0
#include "reelface/restore/restore_video.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/thread_count.h"
#include "pipeline/restore/fallback_note.h"
#include "pipeline/restore/film_run.h"
#include "pipeline/restore/group_source.h"
#include "pipeline/restore/layout_ledger.h"
#include "pipeline/restore/restore_settings.h"
#include "pipeline/restore/track_ledger.h"
#include "pipeline/stages/face_stages.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Writes what comes out of the graph and tells how far it is.
class WriterSink : public FrameSink {
 public:
  WriterSink(VideoWriter& writer, std::int64_t frames_expected, bool is_aligned, const ProgressCallback& on_progress)
      : writer_(writer),
        frames_expected_(frames_expected),
        is_aligned_(is_aligned),
        on_progress_(on_progress),
        started_(Clock::now()) {}

  void write(FrameGroup& group) override {
    for (FrameJob& job : group.jobs) {
      for (const EncodedPacketPtr& packet : job.packets) writer_.write(packet);
      if (!job.frame) continue;
      faces_restored_ += restored_faces(job);
      const FaceWork* const work = job.work.get<FaceWork>();
      if (work && !is_aligned_) ledger_.note(job.index, *work);
      layouts_.note(job);
      fallback_.note(job);
      writer_.write(std::move(*job.frame));
      job.frame.reset();
      job.work.clear();
      ++frames_written_;
    }
    if (on_progress_) on_progress_({frames_written_, frames_expected_, faces_restored_, seconds_since(started_)});
  }

  std::int64_t frames_written() const { return frames_written_; }
  std::vector<TrackReport> track_reports() const { return ledger_.reports(); }
  std::vector<LayoutStretch> layouts() const { return layouts_.stretches(); }
  std::string fallback() const { return fallback_.text(); }

 private:
  VideoWriter& writer_;
  std::int64_t frames_expected_;
  bool is_aligned_;
  const ProgressCallback& on_progress_;
  Clock::time_point started_;
  std::int64_t frames_written_ = 0;
  std::int64_t faces_restored_ = 0;
  TrackLedger ledger_;
  LayoutLedger layouts_;
  FallbackNote fallback_;
};

}  // namespace

RestoreReport restore_video(const RestoreOptions& options, const ProgressCallback& on_progress,
                            const CancelToken* cancel, const LineEditor& edit_line,
                            const std::shared_ptr<const FaceModels>& models) {
  check(options);
  if (!options.segments_file.empty())
    throw Error(ExitCode::kUsage, "a film with segments is restored part by part", "use restore_resumably()");
  const int threads = threads_to_use(options.run.threads);
  VideoReader reader(options.input, read_options(options, threads), cancel);
  const FilmRun film = compose_restoring(options, models ? *models : load_face_models(options, threads),
                                         reader.info().video, threads, edit_line);
  VideoWriter writer(reader, options.output, write_options(options, reader.info(), threads));

  GroupSource source(reader, film.frames_per_group, cancel);
  WriterSink sink(writer, reader.info().video.expected_frames, options.model.aligned, on_progress);
  RestoreReport report;
  report.input = reader.info();
  report.plan = writer.plan();
  report.warnings = report.plan.notes;
  report.run = run(film, source, sink, cancel);
  if (sink.frames_written() != source.frames_read()) {
    throw Error(ExitCode::kInternal, "frames were lost between reading and writing");
  }
  report.tracks = sink.track_reports();
  report.faces = faces_of(report.tracks);
  report.layouts = sink.layouts();
  report.model = film.model_description;
  report.fallback = sink.fallback();
  for (std::string text : {failed_faces_text(report.faces), report.fallback})
    if (!text.empty()) report.warnings.push_back(std::move(text));
  report.damage = reader.damage();
  report.stretches = reader.stretches();
  if (std::string text = size_change_text(report.damage); !text.empty()) report.warnings.push_back(std::move(text));

  report.interrupted = cancel && cancel->is_requested();
  if (report.interrupted) {
    report.output.path = writer.finish_as_part();
    report.output.frames = sink.frames_written();
    return report;
  }
  try {
    judge_damage(report.damage, options.on_damage);
  } catch (const Error&) {
    writer.finish_as_part();
    throw;
  }
  report.degraded = report.damage.any();
  report.output = writer.finish();
  return report;
}

std::shared_ptr<const FaceModels> load_models(const RestoreOptions& options) {
  return std::make_shared<const FaceModels>(load_face_models(options, threads_to_use(options.run.threads)));
}

RestorePlan plan_restore(const RestoreOptions& options, const LineEditor& edit_line) {
  check(options);
  const int threads = threads_to_use(options.run.threads);
  VideoReader reader(options.input, read_options(options, threads));
  const VideoInfo& video = reader.info().video;
  RestorePlan plan;
  plan.segments = segments_of(options);
  plan.output = plan_output(reader, options.output, write_options(options, reader.info(), threads, plan.segments));
  plan.steps = outline_of_restoring(options, video);
  MemoryNeed memory = memory_need(outline_of_restoring(options, video, edit_line), video, graph_limits(threads));
  for (const FilmSegment& segment : plan.segments) {
    MemoryNeed other =
        memory_need(outline_of_restoring(options_in(segment, options), video), video, graph_limits(threads));
    if (other.bytes() > memory.bytes()) memory = std::move(other);
  }
  plan.read = memory.read;
  plan.stretches = video.stretches;
  plan.frames_alive = memory.frames_alive;
  plan.threads = memory.threads;
  plan.memory_bytes = memory.bytes();
  return plan;
}

}  // namespace reelface
