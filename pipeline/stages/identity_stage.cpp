// SPDX-License-Identifier: Apache-2.0
#include "pipeline/stages/identity_stage.h"

#include <algorithm>
#include <utility>

#include "core/finite.h"
#include "faces/crop_quality.h"
#include "image/mixed_picture.h"
#include "people/descriptor_crop.h"
#include "people/identity_expectation.h"
#include "people/identity_guard.h"
#include "pipeline/stages/network_memory.h"
#include "reelface/restore/face_work.h"

namespace reelface {
namespace {

// Above this noise, in grey levels, the input's description says nothing: it mostly describes the noise, and the better
// a face is restored, the farther it is from that. A clean face has about 2. A ramp, because a switch would be visible.
constexpr double kWitnessUpToNoise = 2.5, kNoWitnessFromNoise = 4.5;

bool is_anybody(const FaceDescription& who) {
  return all_finite(who.data(), who.size());
}

double share_of_noise(const CropQuality& quality) {
  return std::clamp((quality.noise_levels - kWitnessUpToNoise) / (kNoWitnessFromNoise - kWitnessUpToNoise), 0.0, 1.0);
}

class IdentityMeasuring {
 public:
  IdentityMeasuring(std::shared_ptr<const FaceDescriptor> descriptor, double limit)
      : descriptor_(std::move(descriptor)), limit_(limit) {}

  void operator()(FrameGroup& group) const {
    for (FrameJob& job : group.jobs) {
      FaceWork* const work = job.work.get<FaceWork>();
      if (!work) continue;
      for (FaceJob& face : work->faces) {
        if (face.identity_is_due && !face.restored.samples.empty()) measure(face);
      }
    }
  }

 private:
  void measure(FaceJob& face) const {
    const int size = descriptor_->crop_size();
    const RgbImageF before = descriptor_crop(face.crop->view(), size);
    // As small as the face is in the film: of finer detail the input bears no witness, neither for nor against.
    const RgbImageF after = seen_small(descriptor_crop(face.restored.view(), size), face.track.size_px);
    const std::vector<FaceDescription> who = descriptor_->describe({before.view(), after.view()});
    if (!is_anybody(who[0])) return;
    if (!is_anybody(who[1])) {  // of which no numbers can be made is no picture of a face
      face.failed = true;
      face.restored = {};
      return;
    }
    IdentityMeasure measured;
    measured.distance = distance_between(who[0], who[1]);
    measured.expected = expected_identity_unblur(face.track.size_px, measure_crop_quality(before.view()).sharpness);
    measured.strength =
        std::max(identity_strength(measured.distance - measured.expected, limit_), share_of_noise(face.quality));
    measured.distance_after = measured.distance;
    if (measured.strength < 1) {
      measured.distance_after = distance_between(who[0], describe_mixture(before, after, measured.strength));
    }
    face.identity = measured;
  }

  FaceDescription describe_mixture(const RgbImageF& before, RgbImageF after, double strength) const {
    return descriptor_->describe({mixed(before, std::move(after), static_cast<float>(strength)).view()}).front();
  }

  std::shared_ptr<const FaceDescriptor> descriptor_;
  double limit_;
};

}  // namespace

Stage with_identity_measured(Stage restore, std::shared_ptr<const FaceDescriptor> descriptor, double limit) {
  restore.run = [run = std::move(restore.run),
                 measuring = IdentityMeasuring(std::move(descriptor), limit)](FrameGroup& group) {
    run(group);
    measuring(group);
  };
  restore.needs.reason += ", and measures whether they are still themselves";
  restore.needs.memory.loaded.insert(memory_of_descriptor());
  return restore;
}

}  // namespace reelface
