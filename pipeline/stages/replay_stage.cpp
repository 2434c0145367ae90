// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/replay_stage.h"

#include <utility>

#include "pipeline/stages/track_stage.h"
#include "reelface/core/error.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

class Replay : public LookAheadStage {
 public:
  Replay(std::shared_ptr<const FilmTracks> tracks, const FaceSelectionOptions& selection, std::int64_t range_start,
         std::set<std::int64_t> unwanted)
      : tracks_(std::move(tracks)), selector_(selection), range_start_(range_start), unwanted_(std::move(unwanted)) {}

  std::vector<FrameGroupPtr> take(FrameGroupPtr group) override {
    for (FrameJob& job : group->jobs) {
      if (job.frame) fill(job);
    }
    return {std::move(group)};
  }

  std::vector<FrameGroupPtr> flush() override { return {}; }

 private:
  void fill(FrameJob& job) {
    const FrameFacts& facts = job.frame->facts();
    FaceWork& work = job.work.make<FaceWork>();
    // The film's own time, so that a part decides at the same moments as the whole.
    work.time_seconds = seconds(facts.pts + range_start_, facts.time_base);
    if (!facts.layout.editable) return;
    const FrameTracks* known = tracks_->at(facts.pts + range_start_);
    if (!known) {
      throw Error(ExitCode::kUsage,
                  "the tracks know nothing of the frame at " + std::to_string(work.time_seconds) + " s",
                  "they were made from another film, or from a part of it; make them anew with analyze --tracks");
    }
    work.starts_shot = known->starts_shot;
    FrameTracks wanted{known->frame_index, work.time_seconds, known->starts_shot, {}};
    for (const TrackedFace& face : known->faces) {
      if (is_wanted(face)) wanted.faces.push_back(face);
    }
    selector_.select(wanted);  // among the people asked for
    auto selected = wanted.faces.begin();
    for (const TrackedFace& face : known->faces) {
      FaceJob face_job;
      face_job.track = is_wanted(face) ? *selected++ : face;
      if (!is_wanted(face)) face_job.track.selection = 0;
      work.faces.push_back(std::move(face_job));
    }
  }

  bool is_wanted(const TrackedFace& face) const { return unwanted_.count(face.track_id) == 0; }

  std::shared_ptr<const FilmTracks> tracks_;
  FaceSelector selector_;
  std::int64_t range_start_;
  std::set<std::int64_t> unwanted_;
};

}  // namespace

LookAhead make_replay_stage(std::shared_ptr<const FilmTracks> tracks, const FaceSelectionOptions& selection,
                            std::int64_t range_start, std::set<std::int64_t> unwanted, double window_seconds) {
  StepNeeds needs;
  needs.reason = "takes faces from the file of tracks";
  needs.back = tracks_reach_back(window_seconds);
  needs.ahead = tracks_reach_ahead(window_seconds);
  needs.stops_at_cut = true;  // but finds none: the file may have been made with other cuts than the film shows
  return {"track", std::make_shared<Replay>(std::move(tracks), selection, range_start, std::move(unwanted)),
          std::move(needs)};
}

}  // namespace reelface
