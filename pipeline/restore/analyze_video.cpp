// SPDX-License-Identifier: Apache-2.0
#include "reelface/restore/analyze_video.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>

#include "core/thread_count.h"
#include "inference/load_models.h"
#include "people/track_describer.h"
#include "pipeline/restore/film_run.h"
#include "pipeline/restore/group_source.h"
#include "pipeline/restore/layout_ledger.h"
#include "pipeline/restore/restore_settings.h"
#include "pipeline/restore/track_ledger.h"
#include "reelface/core/log.h"
#include "reelface/inference/model_store.h"
#include "reelface/restore/face_work.h"
#include "reelface/restore/film_tracks.h"

namespace reelface {
namespace {

using Clock = std::chrono::steady_clock;

/// Keeps what the tracker found, and nothing of the pictures.
class AnalysisSink : public FrameSink {
 public:
  /// `tracks` may be null; else every frame is written there. So may `describer`.
  AnalysisSink(const VideoInfo& video, FilmTracksWriter* tracks, TrackDescriber* describer,
               const ProgressCallback& on_progress)
      : video_(video), writer_(tracks), describer_(describer), on_progress_(on_progress), started_(Clock::now()) {}

  void write(FrameGroup& group) override {
    for (FrameJob& job : group.jobs) {
      if (!job.frame) continue;
      note(job);
      job.frame.reset();
      job.work.clear();
    }
    if (on_progress_) {
      const double elapsed = std::chrono::duration<double>(Clock::now() - started_).count();
      on_progress_({frames_, video_.expected_frames, faces_, elapsed});
    }
  }

  void finish(Analysis& analysis) && {
    if (!shots_.empty()) shots_.back().end_frame = frames_;
    analysis.frames = frames_;
    analysis.shots = std::move(shots_);
    analysis.layouts = layouts_.stretches();
    for (const TrackReport& report : ledger_.reports()) {
      AnalyzedTrack& track = tracks_[report.id];
      track.jitter_before_percent = report.jitter_before_percent;
      track.jitter_after_percent = report.jitter_after_percent;
      analysis.tracks.push_back(std::move(track));
    }
  }

 private:
  void note(const FrameJob& job) {
    const FaceWork& work = *job.work.get<FaceWork>();
    const FrameTracks tracks = tracks_of(job);
    if (shots_.empty() || tracks.starts_shot) {
      if (!shots_.empty()) shots_.back().end_frame = job.index;
      shots_.push_back({job.index, job.index + 1, tracks.time_seconds});
    }
    for (const FaceJob& face : work.faces) note(tracks, face.track);
    ledger_.note(job.index, work);
    layouts_.note(job);
    if (writer_) writer_->write(job.frame->facts().pts + video_.range_start, tracks);
    if (describer_) describer_->note(*job.frame, tracks);
    ++frames_;
  }

  void note(const FrameTracks& frame, const TrackedFace& face) {
    AnalyzedTrack& track = tracks_[face.track_id];
    track.id = face.track_id;
    track.shot = shots_.size() - 1;
    track.faces.push_back({frame.frame_index, frame.time_seconds, face.face, face.interpolated, face.size_px,
                           face.alignment.residual_px, face.fade});
    ++faces_;
  }

  static FrameTracks tracks_of(const FrameJob& job) {
    const FaceWork& work = *job.work.get<FaceWork>();
    const FrameFacts& facts = job.frame->facts();
    FrameTracks tracks{job.index, seconds(facts.pts, facts.time_base), work.starts_shot && !job.is_repeat, {}};
    for (const FaceJob& face : work.faces) tracks.faces.push_back(face.track);
    return tracks;
  }

  const VideoInfo& video_;
  FilmTracksWriter* writer_;
  TrackDescriber* describer_;
  const ProgressCallback& on_progress_;
  Clock::time_point started_;
  std::int64_t frames_ = 0, faces_ = 0;
  std::vector<AnalyzedShot> shots_;
  std::map<std::int64_t, AnalyzedTrack> tracks_;
  TrackLedger ledger_;
  LayoutLedger layouts_;
};

FilmFacts facts_for_tracks(const RestoreOptions& options, const VideoInfo& video) {
  FilmFacts facts = film_facts(options.input, video);
  facts.window_seconds = options.time.temporal ? options.time.window_seconds : 0;
  facts.detector_score = options.faces.detector_score;
  facts.detect_every = options.faces.detect_every;
  return facts;
}

TrackDescriberOptions describer_options(const AnalysisTasks& tasks) {
  TrackDescriberOptions options;
  options.portraits = static_cast<std::size_t>(std::max(0, tasks.portraits));
  return options;
}

std::vector<DescribedTrack> described(const std::vector<TrackStory>& stories) {
  std::vector<DescribedTrack> tracks;
  tracks.reserve(stories.size());
  for (const TrackStory& story : stories) tracks.push_back(story.described);
  return tracks;
}

/// Both of one person, who is never seen twice at once.
void add_spans(std::vector<std::pair<std::int64_t, std::int64_t>>& spans,
               const std::vector<std::pair<std::int64_t, std::int64_t>>& more) {
  spans.insert(spans.end(), more.begin(), more.end());
  std::sort(spans.begin(), spans.end());
  std::vector<std::pair<std::int64_t, std::int64_t>> joined;
  for (const auto& span : spans) {
    if (!joined.empty() && joined.back().second + 1 == span.first)
      joined.back().second = span.second;
    else
      joined.push_back(span);
  }
  spans = std::move(joined);
}

std::vector<AnalyzedPortrait> best_portraits(std::vector<TrackPortrait> portraits, int count) {
  std::stable_sort(portraits.begin(), portraits.end(),
                   [](const TrackPortrait& one, const TrackPortrait& other) { return one.score > other.score; });
  std::vector<AnalyzedPortrait> best;
  for (TrackPortrait& portrait : portraits) {
    if (static_cast<int>(best.size()) < count) best.push_back({portrait.frame, std::move(portrait.picture)});
  }
  return best;
}

void add_people(const std::vector<TrackStory>& stories, int portraits, Analysis& analysis) {
  std::map<std::int64_t, AnalyzedPerson> people;
  std::map<std::int64_t, std::vector<TrackPortrait>> pictures;
  for (const TrackStory& story : stories) {
    const auto track = std::find_if(analysis.tracks.begin(), analysis.tracks.end(),
                                    [&](const AnalyzedTrack& other) { return other.id == story.described.id; });
    if (track == analysis.tracks.end()) continue;
    track->person = story.described.person;
    track->confidence = story.described.confidence;
    if (track->person == 0) continue;
    AnalyzedPerson& person = people[track->person];
    person.id = track->person;
    person.tracks.push_back(track->id);
    person.frames += static_cast<std::int64_t>(track->faces.size());
    for (const AnalyzedFace& face : track->faces) person.mean_size_px += face.size_px;
    add_spans(person.spans, story.spans);
    auto& of_person = pictures[person.id];
    of_person.insert(of_person.end(), story.portraits.begin(), story.portraits.end());
  }
  for (auto& [id, person] : people) {
    person.mean_size_px /= static_cast<double>(std::max<std::int64_t>(1, person.frames));
    person.portraits = best_portraits(std::move(pictures[id]), portraits);
    analysis.people.push_back(std::move(person));
  }
}

}  // namespace

Analysis analyze_video(const RestoreOptions& options, const AnalysisTasks& tasks, const ProgressCallback& on_progress,
                       const CancelToken* cancel) {
  check_analysis(options);
  const int threads = threads_to_use(options.run.threads);
  VideoReader reader(options.input, read_options(options, threads), cancel);

  Analysis analysis;
  analysis.input = reader.info();
  const FilmRun film = compose_analysis(options, reader.info().video, threads);
  GroupSource source(reader, film.frames_per_group, cancel);
  std::optional<FilmTracksWriter> writer;
  if (!tasks.tracks_file.empty())
    writer.emplace(tasks.tracks_file, facts_for_tracks(options, reader.info().video), options.write.overwrite);
  std::optional<TrackDescriber> describer;
  if (tasks.people) describer.emplace(load_descriptor(), describer_options(tasks));
  AnalysisSink sink(reader.info().video, writer ? &*writer : nullptr, describer ? &*describer : nullptr, on_progress);
  analysis.run = run(film, source, sink, cancel);
  std::move(sink).finish(analysis);
  if (const std::string text = size_change_text(reader.damage()); !text.empty()) log_warning(text);
  std::vector<TrackStory> stories;
  if (describer) stories = std::move(*describer).finish();
  add_people(stories, tasks.portraits, analysis);
  const bool is_whole = !(cancel && cancel->is_requested());
  if (writer && is_whole) writer->finish(described(stories));
  return analysis;
}

}  // namespace reelface
