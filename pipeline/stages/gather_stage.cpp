// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/gather_stage.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "motion/crop_step.h"
#include "pipeline/graph/frame_windows.h"
#include "pipeline/stages/face_appraisal.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

constexpr double kAppraisalSeconds = 1;  // how much is restored follows from a second of measurements
// No network looks farther than two frames to either side. Twice that, so that a plan does not depend on the network.
constexpr std::int64_t kFramesAround = 4;
constexpr std::int64_t kBytesOfMotion = 1 << 20;  // between the crops of a face or two

using SharedWork = std::shared_ptr<FaceWork>;
using WorkWindow = FrameWindow<SharedWork>;

class Gathering : public FrameWindows<SharedWork> {
 public:
  /// Behind a frame: what its window looks back on, and what blending in time steps from.
  Gathering(std::size_t reach, const std::optional<StrengthOptions>& strength, bool guard_identity)
      : FrameWindows({std::max<std::size_t>(reach, 1), reach}), reach_(reach) {
    if (strength) appraisal_.emplace(*strength, guard_identity);
  }

 private:
  std::optional<SharedWork> keep(FrameJob& job, const WorkWindow& before) override {
    SharedWork work = job.work.share<FaceWork>();
    if (!work) return std::nullopt;
    if (appraisal_) appraisal_->appraise(*work, job.frame->facts().damaged);
    for (FaceJob& face : work->faces) link(face, before);
    return work;
  }

  bool starts_shot(const FrameJob& job) const override {
    const FaceWork* const work = job.work.get<FaceWork>();
    return work && work->starts_shot;
  }

  /// Steps are shared: between two frames the motion of a face is found once, for every window both belong to.
  static void link(FaceJob& face, const WorkWindow& before) {
    for (std::ptrdiff_t distance = 1; const SharedWork* work = before.at(-distance); ++distance) {
      const FaceJob* const earlier = same_piece(**work, face);
      if (!earlier || !earlier->crop || !face.crop) break;
      face.from_earlier.push_back(std::make_shared<CropStep>(earlier->crop, face.crop, (*work)->time_seconds));
    }
  }

  void complete(FrameJob& job, const WorkWindow& window) override {
    for (FaceJob& face : job.work.get<FaceWork>()->faces) {
      if (!face.crop) continue;
      face.window.assign(2 * reach_ + 1, face.crop);
      face.steps.assign(2 * reach_ + 1, nullptr);
      for (std::size_t distance = 1; distance <= reach_; ++distance) {
        put(face, reach_ - distance, step_to_earlier(face, distance), reach_ - distance + 1, true);
        put(face, reach_ + distance, step_to_later(face, window, distance), reach_ + distance - 1, false);
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

  static SharedStep step_to_later(const FaceJob& face, const WorkWindow& window, std::size_t distance) {
    const SharedWork* const work = window.at(static_cast<std::ptrdiff_t>(distance));
    const FaceJob* const later = work ? same_piece(**work, face) : nullptr;
    return later ? step_to_earlier(*later, distance) : nullptr;
  }

  static const FaceJob* same_piece(const FaceWork& work, const FaceJob& face) {
    for (const FaceJob& other : work.faces) {
      if (other.track.piece_id == face.track.piece_id) return &other;
    }
    return nullptr;
  }

  std::size_t reach_;
  std::optional<FaceAppraisal> appraisal_;
};

}  // namespace

LookAhead make_gather_stage(int window_length, std::size_t frames_per_group,
                            const std::optional<StrengthOptions>& strength, bool guard_identity) {
  const auto reach = static_cast<std::size_t>(window_length / 2);
  StepNeeds needs;
  needs.reason = strength ? "gives each face its neighbours in time, and judges how much to restore"
                          : "gives each face its neighbours in time";
  needs.back = {strength ? kAppraisalSeconds : 0, kFramesAround};
  needs.ahead.frames = kFramesAround;
  needs.stops_at_cut = true;
  needs.groups_held = groups_held_by_window(reach, frames_per_group);
  needs.memory.bytes_per_frame = [](const FrameFacts&) { return kBytesOfMotion; };
  return {"gather", std::make_shared<Gathering>(reach, strength, guard_identity), std::move(needs)};
}

}  // namespace reelface
