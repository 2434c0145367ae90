// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/track_stage.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <string>
#include <utility>

#include "faces/face_follower.h"
#include "faces/tiled_tracker.h"
#include "image/display_geometry.h"
#include "image/mapped_bounds.h"
#include "motion/shot_cut_detector.h"
#include "pipeline/stages/layout_stage.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

// How far back the tracks of a frame depend on others: an alignment needs the face to have been believed (half a
// second) across gaps (half a second, up to one in slow films) by an association that agrees again a third of a second
// after it has started in another place. Together two and a third in slow films; the rest is margin.
constexpr double kBackSeconds = 3.5;
constexpr std::int64_t kBackFrames = 2;

/// As a viewer sees them, where faces are.
std::vector<Box> tiles_of(const FrameJob& job) {
  const Affine to_display = coded_to_display(job.frame->facts());
  std::vector<Box> tiles;
  for (const PictureArea& tile : tiles_in(job)) {
    const MappedBounds bounds = mapped_bounds(to_display, {tile.x - 0.5, tile.y - 0.5},
                                              {tile.x + tile.width - 0.5, tile.y + tile.height - 0.5});
    tiles.push_back({static_cast<float>(bounds.left), static_cast<float>(bounds.top),
                     static_cast<float>(bounds.right - bounds.left), static_cast<float>(bounds.bottom - bounds.top)});
  }
  return tiles;
}

class Tracking : public LookAheadStage {
 public:
  explicit Tracking(const TrackOptions& options)
      : options_(options), tracker_(options.tracker), selector_(options.selection) {}

  std::vector<FrameGroupPtr> take(FrameGroupPtr group) override {
    for (FrameJob& job : group->jobs) {
      if (!job.frame) continue;
      const std::shared_ptr<FaceWork> work = job.work.share<FaceWork>();
      waiting_[job.index] = {work, tiles_of(job)};
      observe(job.index, stored_picture(job.frame->facts()), *work);
    }
    const bool is_pause = !group->has_frames();
    held_.push_back(std::move(group));
    return is_pause ? flush() : release();
  }

  std::vector<FrameGroupPtr> flush() override {
    decide(cuts_.flush());
    settle(tracker_.flush());
    return release();
  }

 private:
  struct Waiting {
    std::shared_ptr<FaceWork> work;
    std::vector<Box> tiles;
  };

  void observe(std::int64_t frame, const FittedPicture& stored, FaceWork& work) {
    if (stored != last_stored_) follower_.forget();
    last_stored_ = stored;
    if (options_.follow_faces) follow(work);
    if (options_.find_cuts && work.picture.width > 0) {
      decide(cuts_.push(frame, work.picture.view(), stored));
    } else {
      decide({{frame, false}});
    }
    work.picture = {};
  }

  void follow(FaceWork& work) {
    if (work.picture.width <= 0) {
      follower_.forget();
    } else if (work.looked) {
      follower_.look(work.time_seconds, work.picture.view(), work.picture_to_display, work.observed);
    } else {
      work.followed = follower_.follow(work.time_seconds, work.picture.view(), work.picture_to_display);
    }
  }

  void decide(const std::vector<ShotDecision>& decisions) {
    for (const ShotDecision& decision : decisions) {
      const Waiting& waiting = waiting_.at(decision.frame_index);
      FaceWork& work = *waiting.work;
      FrameObservation observation;
      observation.frame_index = decision.frame_index;
      observation.time_seconds = work.time_seconds;
      observation.starts_shot = decision.starts_shot;
      observation.detected = work.looked;
      observation.faces = std::move(work.observed);
      observation.followed = std::move(work.followed);
      settle(tracker_.push(observation, waiting.tiles));
    }
  }

  void settle(std::vector<FrameTracks> decided) {
    for (FrameTracks& frame : decided) {
      selector_.select(frame);
      const auto place = waiting_.find(frame.frame_index);
      FaceWork& work = *place->second.work;
      work.starts_shot = frame.starts_shot;
      for (const TrackedFace& face : frame.faces) {
        FaceJob job;
        job.track = face;
        work.faces.push_back(std::move(job));
      }
      waiting_.erase(place);
    }
  }

  bool is_settled(const FrameGroup& group) const {
    return std::none_of(group.jobs.begin(), group.jobs.end(),
                        [&](const FrameJob& job) { return job.frame && waiting_.count(job.index) > 0; });
  }

  std::vector<FrameGroupPtr> release() {
    std::vector<FrameGroupPtr> ready;
    while (!held_.empty() && is_settled(*held_.front())) {
      ready.push_back(std::move(held_.front()));
      held_.pop_front();
    }
    return ready;
  }

  TrackOptions options_;
  ShotCutDetector cuts_;
  FaceFollower follower_;
  FittedPicture last_stored_;
  TiledTracker tracker_;
  FaceSelector selector_;
  std::deque<FrameGroupPtr> held_;
  std::map<std::int64_t, Waiting> waiting_;
};

std::string reason_of(const TrackOptions& options) {
  std::string reason = options.tracker.window_seconds > 0 ? "follows faces and steadies them" : "follows faces";
  if (options.follow_faces) reason += ", also where they were not looked for";
  return reason + (options.find_cuts ? "; finds cuts" : "");
}

}  // namespace

Reach tracks_reach_back(double window_seconds) {
  return {kBackSeconds + window_seconds, kBackFrames};
}

/// Whether faces say that a shot ends there is settled half a window later at the latest.
Reach tracks_reach_ahead(double window_seconds) {
  return {1.5 * window_seconds, kFramesAroundCut};
}

LookAhead make_track_stage(const TrackOptions& options, double frames_per_second, std::size_t frames_per_group) {
  // The tracker is bounded in frames as well as in seconds, so that a burst of close stamps cannot fill the graph.
  TrackOptions bounded = options;
  const double frames = std::ceil(options.tracker.window_seconds * std::clamp(frames_per_second, 1.0, 120.0) * 1.5) + 4;
  bounded.tracker.most_frames_held = static_cast<int>(frames);
  const auto held = static_cast<std::size_t>(frames) + ShotCutDetector::kLookAheadFrames;
  StepNeeds needs;
  needs.reason = reason_of(options);
  needs.back = tracks_reach_back(options.tracker.window_seconds);
  needs.ahead = tracks_reach_ahead(options.tracker.window_seconds);
  needs.stops_at_cut = true;
  needs.frames_around_cut = options.find_cuts ? kFramesAroundCut : 0;
  needs.groups_held = held / frames_per_group + 2;
  return {"track", std::make_shared<Tracking>(bounded), std::move(needs)};
}

}  // namespace reelface
