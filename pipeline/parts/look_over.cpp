// SPDX-License-Identifier: Apache-2.0
#include "pipeline/parts/look_over.h"

#include <opencv2/core.hpp>

#include <array>
#include <cstdio>
#include <mutex>
#include <optional>
#include <utility>

#include "core/clock.h"
#include "core/content_digest.h"
#include "image/small_copy.h"
#include "media/parts/film_part.h"
#include "motion/shot_cut_detector.h"
#include "pipeline/graph/folding_source.h"
#include "pipeline/graph/frame_graph.h"
#include "pipeline/parts/distinct_frames.h"
#include "pipeline/restore/film_run.h"
#include "pipeline/restore/group_source.h"
#include "pipeline/stages/detect_stage.h"
#include "reelface/core/error.h"

namespace reelface {
namespace {

/// What one frame alone tells.
struct Look {
  std::uint64_t digest = 0;
  FittedPicture stored;
  std::optional<RgbImage8> picture;  ///< small; cuts are found on it
};

Look look_at(const Frame& frame, bool find_cuts) {
  Look look;
  look.digest = digest_of(frame);
  look.stored = stored_picture(frame.facts());
  if (find_cuts && frame.facts().layout.editable) look.picture = make_small_copy(frame, kDetectionLongSide).picture;
  return look;
}

/// Looks on their way from the threads that take them to the one that needs them in order.
class Looks {
 public:
  void put(std::int64_t frame, Look look) {
    const std::lock_guard<std::mutex> lock(mutex_);
    looks_.emplace(frame, std::move(look));
  }

  Look take(std::int64_t frame) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return std::move(looks_.extract(frame).mapped());
  }

 private:
  std::mutex mutex_;
  std::map<std::int64_t, Look> looks_;
};

/// Writes down what was seen, in order, and finds the cuts.
class IndexSink : public FrameSink {
 public:
  /// All outlive the sink.
  IndexSink(const VideoInfo& video, Looks& looks, const ProgressCallback& on_progress, LookOver& result,
            LookOverWatcher* watcher)
      : video_(video), looks_(looks), on_progress_(on_progress), result_(result), watcher_(watcher) {
    result_.index.time_base = video.time_base;
  }

  void write(FrameGroup& group) override {
    for (FrameJob& job : group.jobs) {
      for (const EncodedPacketPtr& packet : job.packets) copied_.add(packet);
      if (job.frame) note(job.index, job.frame->facts());
      job.frame.reset();
    }
    if (watcher_) watcher_->note(result_.index);
    if (on_progress_) on_progress_({result_.index.size(), video_.expected_frames, 0, watch_.seconds()});
  }

  void finish() {
    note_cuts(cuts_.flush());
    result_.copied_digests = copied_.values();
    if (watcher_) watcher_->note(result_.index);
  }

 private:
  void note(std::int64_t number, const FrameFacts& facts) {
    const Look look = looks_.take(number);
    result_.index.frames.push_back({facts.pts, facts.duration, look.digest, false});
    const bool is_repeat = repeats_.repeats(look.digest);
    if (repeats_.count() == kMostRepeats + 1) note_cuts(cuts_.flush());  // a pause in which steps let go
    if (!is_repeat && look.picture) note_cuts(cuts_.push(number, look.picture->view(), look.stored));
  }

  void note_cuts(const std::vector<ShotDecision>& decisions) {
    for (const ShotDecision& decision : decisions)
      result_.index.frames[static_cast<std::size_t>(decision.frame_index)].starts_shot = decision.starts_shot;
  }

  const VideoInfo& video_;
  Looks& looks_;
  const ProgressCallback& on_progress_;
  LookOver& result_;
  LookOverWatcher* watcher_;
  ShotCutDetector cuts_;
  RepeatCount repeats_;
  CopiedDigests copied_;
  Stopwatch watch_;
};

}  // namespace

void CopiedDigests::add(const EncodedPacketPtr& packet) {
  const CopiedPacketFacts facts = facts_of(packet);
  ContentDigest digest;
  digest.update(digests_[facts.input_stream]);
  digest.update(facts.digest);
  digests_[facts.input_stream] = digest.value();
}

std::map<int, std::string> CopiedDigests::values() const {
  std::map<int, std::string> texts;
  for (const auto& [stream, digest] : digests_) {
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(digest));
    texts[stream] = text.data();
  }
  return texts;
}

LookOver look_over(VideoReader& reader, bool find_cuts, int threads, const ProgressCallback& on_progress,
                   const CancelToken* cancel, LookOverWatcher* watcher) {
  cv::setNumThreads(1);  // pictures run side by side already
  LookOver result;
  Looks looks;
  Line line;
  line.add(Stage{"look", Concurrency::kParallel, [&looks, find_cuts, watcher](FrameGroup& group) {
                   for (const FrameJob& job : group.jobs) {
                     if (!job.frame) continue;
                     looks.put(job.index, look_at(*job.frame, find_cuts));
                     if (watcher) watcher->see(job.index, *job.frame);
                   }
                 }});
  GroupSource source(reader, frames_per_group(reader.info().video), cancel);
  IndexSink sink(reader.info().video, looks, on_progress, result, watcher);
  run_frame_graph(source, line, sink, graph_limits(threads), cancel);
  if (cancel && cancel->is_requested())
    throw Error(ExitCode::kInterrupted, "interrupted while the film was looked over");
  sink.finish();
  result.extent = reader.extent();
  result.damage = reader.damage();
  result.stretches = reader.stretches();
  return result;
}

}  // namespace reelface
