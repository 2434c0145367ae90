#include "reelface/faces/face_tracker.h"

#include "tracked_shot.h"

namespace reelface {

FaceTracker::FaceTracker(FaceTrackerOptions options)
    : options_(std::move(options)), next_label_(std::make_unique<std::int64_t>(1)) {}
FaceTracker::~FaceTracker() = default;
FaceTracker::FaceTracker(FaceTracker&&) noexcept = default;
FaceTracker& FaceTracker::operator=(FaceTracker&&) noexcept = default;

std::vector<FrameTracks> FaceTracker::push(FrameObservation observation) {
  std::vector<FrameTracks> complete;
  if (observation.starts_shot) complete = flush();
  if (!shot_) shot_ = std::make_unique<TrackedShot>(options_, next_label_.get());
  shot_->add(std::move(observation));
  for (FrameTracks& tracks : shot_->take_complete()) complete.push_back(std::move(tracks));
  return complete;
}

std::vector<FrameTracks> FaceTracker::flush() {
  if (!shot_) return {};
  std::vector<FrameTracks> rest = shot_->take_all();
  shot_.reset();
  return rest;
}

}  // namespace reelface
