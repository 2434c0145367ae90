// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "faces/crop_quality.h"
#include "faces/face_strength.h"
#include "inference/load_models.h"
#include "people/descriptor_crop.h"
#include "pipeline/stages/identity_stage.h"
#include "pipeline/stages/strength_choice.h"
#include "reelface/inference/model_store.h"
#include "reelface/restore/face_work.h"
#include "reelface/restore/restore_options.h"
#include "support/portraits.h"

namespace reelface::testing {

constexpr float kStranger = 0.6F;  ///< so far apart, descriptions are of two people

/// Restores faces, or puts other pictures in place of what restoring gives, as the pipeline does with the embedded
/// models: measured, and used as far as the identity guard lets it.
class IdentityCheck {
 public:
  int crop_size() const { return restorer_->crop_size(); }
  int held_back() const { return held_back_; }  ///< restorations that the guard weakened

  FaceDescription describe(const RgbImageF& aligned) const {
    return descriptor_->describe({descriptor_crop(aligned.view(), descriptor_->crop_size()).view()}).front();
  }

  FaceDescription describe(const Portrait& portrait) const {
    const Affine alignment{fit_similarity(portrait.face.points, alignment_template(512)).matrix()};
    const int size = descriptor_->crop_size();
    const RgbImageF crop = extract_crop(rgb_frame_of(matrix_of(portrait.picture)),
                                        chain(alignment, template_to_descriptor_crop(size)), size);
    return descriptor_->describe({crop.view()}).front();
  }

  /// Restored, and used as far as its need and the guard let it.
  RgbImageF restored(const RgbImageF& crop, double size) {
    const CropWindow window(static_cast<std::size_t>(restorer_->window_length()), crop.view());
    FrameGroup group = measured(crop, restorer_->enhance({window}).front(), size);
    FaceJob& face = group.jobs[0].work.get<FaceWork>()->faces[0];
    const StrengthOptions strength = strength_options(RestoreOptions(), restorer_->traits());
    face.track.confidence = 1;
    face.track.alignment.template_points = alignment_template(512);
    const double used = face_strength(face.track, measure_crop_quality(crop.view()), strength).total();
    const auto share = static_cast<float>(face.identity->strength * used);
    held_back_ += face.identity->strength < 1 ? 1 : 0;
    RgbImageF result = crop;
    for (std::size_t i = 0; i < result.samples.size(); ++i)
      result.samples[i] += share * (face.restored.samples[i] - crop.samples[i]);
    return result;
  }

  /// How much the guard lets through of this picture in place of the restoration.
  double strength_left(const RgbImageF& crop, const RgbImageF& instead, double size) const {
    FrameGroup group = measured(crop, instead, size);
    return group.jobs[0].work.get<FaceWork>()->faces[0].identity->strength;
  }

 private:
  FrameGroup measured(const RgbImageF& crop, const RgbImageF& instead, double size) const {
    FrameGroup group;
    group.jobs.emplace_back();
    FaceJob& face = group.jobs[0].work.make<FaceWork>().faces.emplace_back();
    face.crop = std::make_shared<RgbImageF>(crop);
    face.track.size_px = size;
    face.identity_is_due = true;
    const Stage restore{"restore", Concurrency::kSerial,
                        [&](FrameGroup& faces) { faces.jobs[0].work.get<FaceWork>()->faces[0].restored = instead; }};
    with_identity_measured(restore, descriptor_, IdentityOptions{}.limit).run(group);
    return group;
  }

  std::shared_ptr<const FaceDescriptor> descriptor_ =
      load_face_descriptor(ModelStore::from_environment().path_of("descriptor"));
  std::unique_ptr<FaceEnhancer> restorer_ =
      load_face_enhancer(ModelStore::from_environment().path_of("faithful"), EngineOptions{});
  int held_back_ = 0;
};

}  // namespace reelface::testing
