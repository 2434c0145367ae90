// SPDX-License-Identifier: Apache-2.0
#include "moment.h"

#include "face_identity.h"
#include "film_measures.h"

namespace reelface {
namespace {

// A step that not even the clean film can make along its own motion is a cut.
constexpr double kCutWarpingError = 0.015;

std::vector<TrackPoints> landmarks(const std::vector<RegionFace>& faces,
                                   const std::vector<std::optional<FacePoints>>& points) {
  std::vector<TrackPoints> found;
  for (std::size_t i = 0; i < faces.size(); ++i) {
    if (!points[i] || !(faces[i].box.width > 0)) continue;
    found.push_back({faces[i].track, {points[i]->begin(), points[i]->end()}, faces[i].box.width});
  }
  return found;
}

std::vector<std::optional<FacePoints>> own_points(const std::vector<RegionFace>& faces) {
  std::vector<std::optional<FacePoints>> points;
  points.reserve(faces.size());
  for (const RegionFace& face : faces) points.push_back(face.points);
  return points;
}

}  // namespace

Moment make_moment(const AlignedFrames& frames, std::vector<RegionFace> faces, const MomentSettings& settings) {
  const auto ready = [&](const Frame& frame) {
    return measurable_picture(frame, settings.luma_as_stored, settings.set);
  };
  Moment moment;
  moment.number = frames.number;
  moment.seconds = frames.seconds;
  moment.reference = ready(frames.reference);
  moment.restored = ready(frames.restored);
  if (frames.input) moment.input = ready(*frames.input);
  moment.faces = std::move(faces);
  for (const RegionFace& face : moment.faces) moment.boxes.push_back(face.box);
  return moment;
}

ComparisonRow measure_alone(const Moment& moment, const AlignedFrames& frames, const MomentSettings& settings) {
  ComparisonRow row;
  row.frame = moment.number;
  row.seconds = moment.seconds;
  for (const RegionFace& face : moment.faces) row.tracks.push_back(face.track);
  row.restored.picture = measure_picture(moment.restored, moment.reference, moment.boxes, settings.set);
  if (moment.input) {
    row.input.emplace();
    row.input->picture = measure_picture(*moment.input, moment.reference, moment.boxes, settings.set);
  }
  if (settings.set == MeasureSet::kBasic) return row;
  if (settings.has_reference) measure_film_into(row, moment, frames);
  if (settings.niqe && moment.number % kNiqeEvery == 0) {
    const auto value = [&](const MeasurablePicture& picture) {
      return niqe(picture.rgb.view(), *settings.niqe).value_or(kNoValue);
    };
    row.reference_niqe = value(moment.reference);
    row.restored.niqe = value(moment.restored);
    if (moment.input) row.input->niqe = value(*moment.input);
  }
  if (!settings.regions) return row;
  if (settings.descriptor && moment.number % kIdentityEvery == 0) {
    measure_identity_into(row, moment.faces, frames, *settings.descriptor);
  }
  row.reference_landmarks = landmarks(moment.faces, own_points(moment.faces));
  row.restored.landmarks = landmarks(moment.faces, settings.regions->points_in(frames.restored, moment.faces));
  if (frames.input) {
    row.input->landmarks = landmarks(moment.faces, settings.regions->points_in(*frames.input, moment.faces));
  }
  return row;
}

void measure_step_into(ComparisonRow& row, const Moment& before, const Moment& now, bool reference_is_input) {
  const ReferenceStep step = reference_step(before.reference, now.reference, before.boxes);
  const StepMeasures of_reference =
      measure_step(before.reference, now.reference, before.reference, now.reference, step);
  row.is_cut = !(of_reference.warping_error < kCutWarpingError);
  if (row.is_cut) return;
  row.reference_warping_error = of_reference.warping_error;
  row.restored.step = measure_step(before.restored, now.restored, before.reference, now.reference, step);
  if (before.input && now.input) {
    row.input->step = measure_step(*before.input, *now.input, before.reference, now.reference, step);
  }
  if (reference_is_input) row.input->step = of_reference;
}

}  // namespace reelface
