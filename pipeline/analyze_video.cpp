#include "reelface/restore/analyze_video.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "pipeline/frame_graph.h"
#include "pipeline/group_source.h"
#include "pipeline/stages/face_stages.h"
#include "reelface/restore/face_work.h"
#include "pipeline/track_ledger.h"
#include "reelface/core/thread_budget.h"

namespace reelface {
namespace {

using Clock = std::chrono::steady_clock;

/// Keeps what the tracker found, and nothing of the pictures.
class AnalysisSink : public FrameSink {
 public:
  AnalysisSink(std::int64_t frames_expected, const ProgressCallback& on_progress)
      : frames_expected_(frames_expected), on_progress_(on_progress), started_(Clock::now()) {}

  void write(FrameGroup& group) override {
    for (FrameJob& job : group.jobs) {
      if (!job.frame) continue;
      note(job);
      job.frame.reset();
      job.faces.reset();
    }
    if (on_progress_) {
      const double elapsed = std::chrono::duration<double>(Clock::now() - started_).count();
      on_progress_({frames_, frames_expected_, faces_, elapsed});
    }
  }

  void finish(Analysis& analysis) && {
    if (!shots_.empty()) shots_.back().end_frame = frames_;
    analysis.frames = frames_;
    analysis.shots = std::move(shots_);
    for (const TrackReport& report : ledger_.reports()) {
      AnalyzedTrack& track = tracks_[report.id];
      track.jitter_before_percent = report.jitter_before_percent;
      track.jitter_after_percent = report.jitter_after_percent;
      analysis.tracks.push_back(std::move(track));
    }
  }

 private:
  void note(const FrameJob& job) {
    const FaceWork& work = *job.faces;
    if (shots_.empty() || work.starts_shot) {
      if (!shots_.empty()) shots_.back().end_frame = job.index;
      shots_.push_back({job.index, job.index + 1, work.time_seconds});
    }
    for (const FaceJob& face : work.faces) note(job.index, work, face.track);
    ledger_.note(job.index, work);
    ++frames_;
  }

  void note(std::int64_t frame, const FaceWork& work, const TrackedFace& face) {
    AnalyzedTrack& track = tracks_[face.track_id];
    track.id = face.track_id;
    track.shot = shots_.size() - 1;
    track.faces.push_back({frame, work.time_seconds, face.face, face.interpolated, face.size_px,
                           face.alignment.residual_px, face.fade});
    ++faces_;
  }

  std::int64_t frames_expected_;
  const ProgressCallback& on_progress_;
  Clock::time_point started_;
  std::int64_t frames_ = 0, faces_ = 0;
  std::vector<AnalyzedShot> shots_;
  std::map<std::int64_t, AnalyzedTrack> tracks_;
  TrackLedger ledger_;
};

}  // namespace

Analysis analyze_video(const RestoreOptions& options, const ProgressCallback& on_progress, const CancelToken* cancel) {
  const ThreadBudget threads = share_threads(options.run.threads);
  ReadOptions read = options.read;
  read.decoder_threads = threads.decoder;
  VideoReader reader(options.input, read, cancel);

  Analysis analysis;
  analysis.input = reader.info();
  const std::size_t group_length = frames_per_group(reader.info().video);
  const FacePath faces = make_tracking_path(options, reader.info().video, group_length, threads);
  GroupSource source(reader, group_length, cancel);
  AnalysisSink sink(reader.info().video.expected_frames, on_progress);
  const GraphLimits limits{static_cast<std::size_t>(threads.graph) + 2, threads.graph};
  analysis.run = run_frame_graph(source, faces.stages, sink, limits, cancel);
  std::move(sink).finish(analysis);
  return analysis;
}

}  // namespace reelface
