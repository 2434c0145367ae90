#include "pipeline/stages/steady_stage.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <utility>

#include "film/global_motion.h"
#include "film/shifted_frame.h"
#include "film/tremble_path.h"
#include "image/small_copy.h"
#include "motion/shot_cut_detector.h"

namespace reelface {
namespace {

constexpr double kMostPx = 8;          // no gate lets a film sway farther
constexpr double kTooLittlePx = 0.02;  // not worth resampling a frame for
constexpr int kMotionLongSide = 480;   // of the copies that motion is found on: grain is gone, a 50th of a pixel is not
constexpr int kCutLongSide = 96;
constexpr std::int64_t kFramesAroundCut = 8;

/// A copy of a frame to find motion on, and how many of the frame's samples one of its pixels is.
struct MotionCopy {
  cv::Mat grey;
  cv::Point2d scale{1, 1};
};

MotionCopy motion_copy(const Frame& frame) {
  // At most half as large as the frame, so that single samples, and their noise, do not count.
  const int long_side = std::max(frame.facts().width, frame.facts().height);
  const GreyImage8 small = make_grey_copy(frame, std::min(kMotionLongSide, std::max(long_side / 2, 64)));
  MotionCopy copy;
  const cv::Mat bytes(small.height, small.width, CV_8U, const_cast<std::uint8_t*>(small.samples.data()));
  bytes.convertTo(copy.grey, CV_32F);
  cv::GaussianBlur(copy.grey, copy.grey, {}, 0.8);
  copy.scale = {static_cast<double>(frame.facts().width) / small.width,
                static_cast<double>(frame.facts().height) / small.height};
  return copy;
}

bool can_be_moved(const FrameFacts& facts) {
  return facts.layout.editable && !facts.interlaced;
}

class Steadying : public LookAheadStage {
 public:
  std::vector<FrameGroupPtr> take(FrameGroupPtr group) override {
    for (FrameJob& job : group->jobs) {
      if (job.frame) look_at(job);
    }
    const bool is_pause = !group->has_frames();
    held_.push_back(std::move(group));
    return is_pause ? flush() : release();
  }

  std::vector<FrameGroupPtr> flush() override {
    decide(cuts_.flush());
    path_.finish();
    settle();
    path_ = TremblePath(TremblePathOptions());
    before_.reset();
    return release();
  }

 private:
  /// The motion is found at once; whether it counts is known when cuts are.
  void look_at(FrameJob& job) {
    job.work.make<SteadyWork>();
    waiting_[job.index] = job.work.share<SteadyWork>();
    shifts_[job.index] = can_be_moved(job.frame->facts()) ? motion_since_before(*job.frame) : std::nullopt;
    decide(cuts_.push(job.index, make_small_copy(*job.frame, kCutLongSide).picture.view()));
  }

  std::optional<cv::Point2d> motion_since_before(const Frame& frame) {
    MotionCopy now = motion_copy(frame);
    std::optional<cv::Point2d> shift;
    if (before_ && before_->grey.size() == now.grey.size()) {
      const GlobalMotion motion = find_global_motion(before_->grey, now.grey);
      if (motion.is_known) shift = cv::Point2d(motion.shift.x * now.scale.x, motion.shift.y * now.scale.y);
    }
    before_ = std::move(now);
    return shift;
  }

  void decide(const std::vector<ShotDecision>& decisions) {
    for (const ShotDecision& decision : decisions) {
      const std::optional<cv::Point2d> shift = shifts_.at(decision.frame_index);
      shifts_.erase(decision.frame_index);
      std::optional<TremblePath::Values> change;
      if (shift && !decision.starts_shot) change = TremblePath::Values{shift->x, shift->y};
      path_.push(std::move(change));
      settle();
    }
  }

  void settle() {
    while (const std::optional<TremblePath::Values> tremble = path_.take()) {
      const auto first = waiting_.begin();
      cv::Point2d shift;
      if (tremble->size() == 2) shift = {-(*tremble)[0], -(*tremble)[1]};
      const double length = std::hypot(shift.x, shift.y);
      first->second->shift = length > kMostPx ? shift * (kMostPx / length) : shift;
      waiting_.erase(first);
    }
  }

  std::vector<FrameGroupPtr> release() {
    const auto is_settled = [this](const FrameGroup& group) {
      return std::none_of(group.jobs.begin(), group.jobs.end(),
                          [this](const FrameJob& job) { return job.frame && waiting_.count(job.index) > 0; });
    };
    std::vector<FrameGroupPtr> ready;
    while (!held_.empty() && is_settled(*held_.front())) {
      ready.push_back(std::move(held_.front()));
      held_.pop_front();
    }
    return ready;
  }

  ShotCutDetector cuts_;
  TremblePath path_{TremblePathOptions()};
  std::optional<MotionCopy> before_;
  std::map<std::int64_t, std::optional<cv::Point2d>> shifts_;  ///< since the frame before, until cuts are known
  std::map<std::int64_t, std::shared_ptr<SteadyWork>> waiting_;
  std::deque<FrameGroupPtr> held_;
};

void move_frames(FrameGroup& group) {
  for (FrameJob& job : group.jobs) {
    const SteadyWork* const work = job.work.get<SteadyWork>();
    if (!job.frame || !work || std::hypot(work->shift.x, work->shift.y) < kTooLittlePx) continue;
    job.frame = shifted_frame(*job.frame, work->shift);
  }
}

}  // namespace

LookAhead make_steady_stage(std::size_t frames_per_group) {
  const TremblePathOptions path;
  const std::size_t ahead = static_cast<std::size_t>(path.frames_ahead) + ShotCutDetector::kLookAheadFrames;
  StepNeeds needs;
  needs.reason = "finds how the film trembles in its gate";
  needs.back = {0, path.frames_back + kFramesAroundCut};
  needs.ahead = {0, static_cast<std::int64_t>(ahead) + 1};
  needs.stops_at_cut = true;
  needs.frames_around_cut = kFramesAroundCut;
  needs.groups_held = ahead / frames_per_group + 2;
  return {"steady", std::make_shared<Steadying>(), std::move(needs)};
}

Stage make_shift_stage() {
  StepNeeds needs;
  needs.reason = "moves frames to where they belong";
  needs.memory.bytes_per_frame = [](const FrameFacts& facts) { return bytes_of_frame(facts); };
  return {"shift", Concurrency::kParallel, move_frames, 0, std::move(needs)};
}

}  // namespace reelface
