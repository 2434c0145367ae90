#include "reelface/restore/analyze_video.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include "pipeline/frame_graph.h"
#include "pipeline/group_source.h"
#include "pipeline/stages/face_stages.h"
#include "pipeline/stages/face_work.h"
#include "reelface/core/thread_budget.h"

namespace reelface {
namespace {

using Clock = std::chrono::steady_clock;

/// Second differences of one coordinate path, over frames that follow each other directly.
class SecondDifferences {
 public:
  void add(std::int64_t frame, double x, double y, double size) {
    if (count_ >= 2 && frame == last_frame_ + 1 && last_frame_ == before_frame_ + 1) {
      const double dx = x - 2 * last_.x + before_.x, dy = y - 2 * last_.y + before_.y;
      sum_ += (dx * dx + dy * dy) / std::max(size * size, 1.0);
      ++terms_;
    }
    before_ = last_;
    before_frame_ = last_frame_;
    last_ = {x, y};
    last_frame_ = frame;
    ++count_;
  }
  double root_mean_square() const { return terms_ > 0 ? std::sqrt(sum_ / static_cast<double>(terms_)) : 0; }

 private:
  Position last_, before_;
  std::int64_t last_frame_ = -1, before_frame_ = -1, count_ = 0, terms_ = 0;
  double sum_ = 0;
};

Position centre(const std::array<Point, 5>& points) {
  Position sum;
  for (const Point& point : points) {
    sum.x += point.x / 5.0;
    sum.y += point.y / 5.0;
  }
  return sum;
}

/// Where the smoothed alignment says the middle of the template's points is in the picture.
Position smoothed_centre(const TrackedFace& face) {
  const Position middle = centre(alignment_template(512));
  const Point place = face.alignment.to_template.inverse().apply(
      Point{static_cast<float>(middle.x), static_cast<float>(middle.y)});
  return {place.x, place.y};
}

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
    for (auto& [id, track] : tracks_) {
      track.jitter_before_percent = 100 * detected_[id].root_mean_square();
      track.jitter_after_percent = 100 * smoothed_[id].root_mean_square();
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
    ++frames_;
  }

  void note(std::int64_t frame, const FaceWork& work, const TrackedFace& face) {
    AnalyzedTrack& track = tracks_[face.track_id];
    track.id = face.track_id;
    track.shot = shots_.size() - 1;
    track.faces.push_back({frame, work.time_seconds, face.face, face.interpolated, face.size_px,
                           face.alignment.residual_px, face.fade});
    if (!face.interpolated) {
      const Position raw = centre(face.face.points);
      detected_[face.track_id].add(frame, raw.x, raw.y, face.size_px);
    }
    const Position smooth = smoothed_centre(face);
    smoothed_[face.track_id].add(frame, smooth.x, smooth.y, face.size_px);
    ++faces_;
  }

  std::int64_t frames_expected_;
  const ProgressCallback& on_progress_;
  Clock::time_point started_;
  std::int64_t frames_ = 0, faces_ = 0;
  std::vector<AnalyzedShot> shots_;
  std::map<std::int64_t, AnalyzedTrack> tracks_;
  std::map<std::int64_t, SecondDifferences> detected_, smoothed_;
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
