// SPDX-License-Identifier: Apache-2.0
#include "faces/face_tracker.h"

#include <utility>

#include "tracked_shot.h"

namespace reelface {

FaceTracker::FaceTracker(FaceTrackerOptions options) : FaceTracker(options, std::make_shared<std::int64_t>(1)) {}
FaceTracker::FaceTracker(FaceTrackerOptions options, std::shared_ptr<std::int64_t> next_label)
    : options_(options), next_label_(std::move(next_label)) {}
FaceTracker::~FaceTracker() = default;
FaceTracker::FaceTracker(FaceTracker&&) noexcept = default;
FaceTracker& FaceTracker::operator=(FaceTracker&&) noexcept = default;

std::vector<FrameTracks> FaceTracker::push(FrameObservation observation) {
  std::vector<FrameTracks> complete;
  if (observation.starts_shot) complete = flush();
  if (!shot_) shot_ = std::make_unique<TrackedShot>(options_, next_label_.get());
  shot_->add(std::move(observation));
  end_shot_where_everybody_changes(false, complete);
  for (FrameTracks& tracks : shot_->take_complete()) complete.push_back(std::move(tracks));
  return complete;
}

std::vector<FrameTracks> FaceTracker::flush() {
  if (!shot_) return {};
  std::vector<FrameTracks> rest;
  end_shot_where_everybody_changes(true, rest);
  for (FrameTracks& tracks : shot_->take_all()) rest.push_back(std::move(tracks));
  shot_.reset();
  return rest;
}

void FaceTracker::end_shot_where_everybody_changes(bool is_all, std::vector<FrameTracks>& complete) {
  while (true) {
    std::vector<FrameObservation> next = shot_->take_from_change(is_all);
    if (next.empty()) return;
    for (FrameTracks& tracks : shot_->take_all()) complete.push_back(std::move(tracks));
    shot_ = std::make_unique<TrackedShot>(options_, next_label_.get());
    for (FrameObservation& observation : next) shot_->add(std::move(observation));
  }
}

}  // namespace reelface
