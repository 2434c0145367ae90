#include "pipeline/stages/gather_stage.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "pipeline/stages/face_appraisal.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

class Gathering : public LookAheadStage {
 public:
  Gathering(int reach, const std::optional<StrengthOptions>& strength, bool guard_identity)
      : reach_(static_cast<std::size_t>(reach)) {
    if (strength) appraisal_.emplace(*strength, guard_identity);
  }

  std::vector<FrameGroupPtr> take(FrameGroupPtr group) override {
    for (FrameJob& job : group->jobs) {
      if (!job.frame || !job.faces) continue;
      if (appraisal_) appraisal_->appraise(*job.faces, job.frame->facts().damaged);
      frames_.push_back(job.faces);
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
    while (next_ > frames_before_ + reach_) {  // keep what later windows look back on
      frames_.pop_front();
      ++frames_before_;
    }
    return ready;
  }

  void gather(std::size_t middle) {
    for (FaceJob& face : frames_[middle]->faces) {
      if (!face.crop) continue;
      std::deque<SharedCrop> window{face.crop};
      bool past_ends = false, future_ends = false;
      for (std::size_t distance = 1; distance <= reach_; ++distance) {
        const SharedCrop earlier = past_ends || middle < distance ? nullptr : crop_of(face, middle - distance);
        past_ends = !earlier;
        window.push_front(earlier ? earlier : window.front());
        const SharedCrop later = future_ends ? nullptr : crop_of(face, middle + distance);
        future_ends = !later;
        window.push_back(later ? later : window.back());
      }
      face.window.assign(window.begin(), window.end());
    }
  }

  SharedCrop crop_of(const FaceJob& face, std::size_t frame) const {
    if (frame >= frames_.size()) return nullptr;
    for (const FaceJob& other : frames_[frame]->faces) {
      if (other.track.piece_id == face.track.piece_id) return other.crop;
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
  const std::size_t held = static_cast<std::size_t>(reach) / frames_per_group + 1;
  return {"gather", held, std::make_shared<Gathering>(reach, strength, guard_identity)};
}

}  // namespace reelface
