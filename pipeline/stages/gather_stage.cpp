#include "pipeline/stages/gather_stage.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "pipeline/stages/face_appraisal.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

constexpr double kAppraisalSeconds = 1;  // how much is restored follows from a second of measurements
// No network looks farther than two frames to either side. Twice that, so that a plan does not depend on the network.
constexpr std::int64_t kFramesAround = 4;
constexpr std::int64_t kBytesOfMotion = 1 << 20;  // between the crops of a face or two

class Gathering : public LookAheadStage {
 public:
  Gathering(int reach, const std::optional<StrengthOptions>& strength, bool guard_identity)
      : reach_(static_cast<std::size_t>(reach)) {
    if (strength) appraisal_.emplace(*strength, guard_identity);
  }

  std::vector<FrameGroupPtr> take(FrameGroupPtr group) override {
    for (FrameJob& job : group->jobs) {
      const std::shared_ptr<FaceWork> work = job.work.share<FaceWork>();
      if (!job.frame || !work) continue;
      if (appraisal_) appraisal_->appraise(*work, job.frame->facts().damaged);
      link(*work);
      frames_.push_back(work);
    }
    const bool is_pause = !group->has_frames();
    held_.push_back({std::move(group), frames_before_ + frames_.size()});
    return is_pause ? flush() : release(frames_before_ + frames_.size());
  }

  std::vector<FrameGroupPtr> flush() override {
    std::vector<FrameGroupPtr> ready = release(frames_before_ + frames_.size() + reach_);
    frames_before_ += frames_.size();
    frames_.clear();
    return ready;
  }

 private:
  struct Held {
    FrameGroupPtr group;
    std::size_t frames_up_to_here;
  };

  /// Lets go of the groups whose last frame has seen `reach_` frames behind it.
  std::vector<FrameGroupPtr> release(std::size_t frames_known) {
    std::vector<FrameGroupPtr> ready;
    while (!held_.empty() && held_.front().frames_up_to_here + reach_ <= frames_known) {
      for (; next_ < held_.front().frames_up_to_here; ++next_) gather(next_ - frames_before_);
      ready.push_back(std::move(held_.front().group));
      held_.pop_front();
    }
    while (next_ > frames_before_ + frames_kept()) {
      frames_.pop_front();
      ++frames_before_;
    }
    return ready;
  }

  /// Steps are shared: between two frames the motion of a face is found once, for every window both belong to.
  void link(FaceWork& now) const {
    for (FaceJob& face : now.faces) {
      for (std::size_t distance = 1; distance <= frames_kept() && distance <= frames_.size(); ++distance) {
        const FaceWork& before = *frames_[frames_.size() - distance];
        const FaceJob* const earlier = same_piece(before, face);
        if (!earlier || !earlier->crop || !face.crop) break;
        face.from_earlier.push_back(std::make_shared<CropStep>(earlier->crop, face.crop, before.time_seconds));
      }
    }
  }

  void gather(std::size_t middle) {
    for (FaceJob& face : frames_[middle]->faces) {
      if (!face.crop) continue;
      face.window.assign(2 * reach_ + 1, face.crop);
      face.steps.assign(2 * reach_ + 1, nullptr);
      for (std::size_t distance = 1; distance <= reach_; ++distance) {
        put(face, reach_ - distance, step_to_earlier(face, distance), reach_ - distance + 1, true);
        put(face, reach_ + distance, step_to_later(face, middle, distance), reach_ + distance - 1, false);
      }
    }
  }

  /// The crop at the far end of a step, or where there is none, once more the one beside it.
  static void put(FaceJob& face, std::size_t place, const SharedStep& step, std::size_t beside, bool is_earlier) {
    face.window[place] = !step ? face.window[beside] : is_earlier ? step->earlier() : step->later();
    face.steps[place] = step ? step : face.steps[beside];
  }

  static SharedStep step_to_earlier(const FaceJob& face, std::size_t distance) {
    return distance <= face.from_earlier.size() ? face.from_earlier[distance - 1] : nullptr;
  }

  SharedStep step_to_later(const FaceJob& face, std::size_t middle, std::size_t distance) const {
    if (middle + distance >= frames_.size()) return nullptr;
    const FaceJob* const later = same_piece(*frames_[middle + distance], face);
    return later ? step_to_earlier(*later, distance) : nullptr;
  }

  /// Behind the frame that is gathered next: what its window looks back on, and what blending in time steps from.
  std::size_t frames_kept() const { return std::max<std::size_t>(reach_, 1); }

  static const FaceJob* same_piece(const FaceWork& work, const FaceJob& face) {
    for (const FaceJob& other : work.faces) {
      if (other.track.piece_id == face.track.piece_id) return &other;
    }
    return nullptr;
  }

  std::size_t reach_;
  std::optional<FaceAppraisal> appraisal_;
  std::deque<Held> held_;
  std::deque<std::shared_ptr<FaceWork>> frames_;
  std::size_t frames_before_ = 0;  ///< frames already dropped from the front of frames_
  std::size_t next_ = 0;           ///< first frame whose windows are not gathered yet
};

}  // namespace

LookAhead make_gather_stage(int window_length, std::size_t frames_per_group,
                            const std::optional<StrengthOptions>& strength, bool guard_identity) {
  const int reach = window_length / 2;
  StepNeeds needs;
  needs.reason = strength ? "gives each face its neighbours in time, and judges how much to restore"
                          : "gives each face its neighbours in time";
  needs.back = {strength ? kAppraisalSeconds : 0, kFramesAround};
  needs.ahead.frames = kFramesAround;
  needs.stops_at_cut = true;
  needs.groups_held = static_cast<std::size_t>(reach) / frames_per_group + 1;
  needs.memory.bytes_per_frame = [](const FrameFacts&) { return kBytesOfMotion; };
  return {"gather", std::make_shared<Gathering>(reach, strength, guard_identity), std::move(needs)};
}

}  // namespace reelface
