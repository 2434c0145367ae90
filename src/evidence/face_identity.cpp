// SPDX-License-Identifier: Apache-2.0
#include "face_identity.h"

#include "core/finite.h"
#include "image/crop.h"
#include "image/display_geometry.h"
#include "people/descriptor_crop.h"
#include "people/people.h"
#include "reelface/faces/similarity.h"

namespace reelface {
namespace {

constexpr std::size_t kDescriptionsKept = 8;

FaceDescription describe(const Frame& frame, const Affine& to_template, const FaceDescriptor& descriptor) {
  const int size = descriptor.crop_size();
  const RgbImageF crop = extract_crop(frame, chain(to_template, template_to_descriptor_crop(size)), size);
  return descriptor.describe({crop.view()}).front();
}

/// Stored points are turned upright first: faces lie on their side in turned films.
Affine alignment(const Frame& reference, const FacePoints& stored) {
  const Affine to_display = coded_to_display(reference.facts());
  FacePoints points = stored;
  for (Point& point : points) point = to_display.apply(point);
  return chain(to_display, Affine{fit_similarity(points, alignment_template(512)).matrix()});
}

double mean_of(const std::vector<double>& values) {
  FiniteMean mean;
  for (const double value : values) mean.add(value);
  return mean.value();
}

}  // namespace

void measure_identity_into(ComparisonRow& row, const std::vector<RegionFace>& faces, const AlignedFrames& frames,
                           const FaceDescriptor& descriptor) {
  row.descriptions.assign(faces.size(), std::nullopt);
  row.restored.each_identity.assign(faces.size(), kNoValue);
  if (row.input) row.input->each_identity.assign(faces.size(), kNoValue);
  for (std::size_t i = 0; i < faces.size(); ++i) {
    if (!faces[i].points) continue;
    const Affine to_template = alignment(frames.reference, *faces[i].points);
    const FaceDescription wanted = describe(frames.reference, to_template, descriptor);
    if (!all_finite(wanted.data(), wanted.size())) continue;
    row.descriptions[i] = wanted;
    row.restored.each_identity[i] = distance_between(wanted, describe(frames.restored, to_template, descriptor));
    if (row.input && frames.input) {
      row.input->each_identity[i] = distance_between(wanted, describe(*frames.input, to_template, descriptor));
    }
  }
  row.restored.identity = mean_of(row.restored.each_identity);
  if (row.input) row.input->identity = mean_of(row.input->each_identity);
}

void IdentityTotals::add(const ComparisonRow& row) {
  for (std::size_t i = 0; i < row.descriptions.size(); ++i) {
    if (!row.descriptions[i]) continue;
    Entry& entry = entries_[row.tracks[i]];
    if (entry.measured++ == 0) entry.first_frame = row.frame;
    entry.last_frame = row.frame;
    entry.restored.add(row.restored.each_identity[i]);
    if (row.input && !row.input->each_identity.empty()) entry.input.add(row.input->each_identity[i]);
    if (entry.descriptions.size() < kDescriptionsKept) entry.descriptions.emplace_back(*row.descriptions[i], 1);
  }
}

std::vector<FaceIdentity> IdentityTotals::faces() const {
  std::vector<TrackIdentity> identities;
  std::vector<FaceIdentity> faces;
  for (const auto& [track, entry] : entries_) {
    identities.push_back({track, 1, mean_description(entry.descriptions), {{entry.first_frame, entry.last_frame}}});
    faces.push_back({track, 0, entry.measured, entry.restored.value(), entry.input.value()});
  }
  const std::vector<std::int64_t> people = group_people(identities);
  for (std::size_t i = 0; i < faces.size(); ++i) faces[i].person = people[i];
  return faces;
}

}  // namespace reelface
