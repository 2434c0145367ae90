// SPDX-License-Identifier: Apache-2.0
#include "people/reference_face.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "image/crop.h"
#include "image/display_geometry.h"
#include "image/small_copy.h"
#include "people/descriptor_crop.h"
#include "reelface/faces/similarity.h"

namespace reelface {
namespace {

constexpr int kLongSide = 1280;

// Photos are made small in steps that a description hardly tells apart.
constexpr double kSmallestPx = 16, kStepsPerOctave = 4;
constexpr int kMostSteps = 20, kAsItIs = kMostSteps + 1;

/// Gaussian, in the face's own pixels: what lenses, scanning and compression take away. Measured: with it, most of the
/// wrong choices at 40 to 48 px are gone, for the same number of right ones. Going by how sharp each face is instead
/// was no better: that is known too badly for small faces.
constexpr double kSoftnessPx = 0.9;

double size_of_step(int step) {
  return kSmallestPx * std::exp2(step / kStepsPerOctave);
}

}  // namespace

ReferenceFace::ReferenceFace(RgbImageF crop, std::shared_ptr<const FaceDescriptor> descriptor)
    : crop_(std::move(crop)), descriptor_(std::move(descriptor)) {}

const FaceDescription& ReferenceFace::seen_at(double face_size_px) {
  int step = kAsItIs;
  if (face_size_px > 0) {
    const double steps = std::round(kStepsPerOctave * std::log2(face_size_px / kSmallestPx));
    step = static_cast<int>(std::clamp(steps, 0.0, double{kMostSteps}));
  }
  const auto [place, is_new] = descriptions_.try_emplace(step);
  if (!is_new) return place->second;
  RgbImageF seen = crop_;
  if (step != kAsItIs) {
    const double size = size_of_step(step), pixels_of_crop = face_size_of_part(crop_.width);
    seen = seen_small(crop_, size, kSoftnessPx * std::min(1.0, pixels_of_crop / size));
  }
  place->second = descriptor_->describe({seen.view()}).front();
  return place->second;
}

std::optional<RgbImageF> largest_face(const Frame& photo, const FaceDetector& detector, int size) {
  const SmallCopy copy = make_small_copy(photo, kLongSide);
  const std::vector<Face> faces = detector.detect({copy.picture.view()}).front();
  const auto largest = std::max_element(faces.begin(), faces.end(), [](const Face& one, const Face& other) {
    return one.box.width * one.box.height < other.box.width * other.box.height;
  });
  if (largest == faces.end()) return std::nullopt;
  const Affine to_display = chain(copy.to_coded, coded_to_display(photo.facts()));
  std::array<Point, 5> points = largest->points;
  for (Point& point : points) point = to_display.apply(point);
  const Affine to_template{fit_similarity(points, alignment_template(512)).matrix()};
  return extract_crop(
      photo, chain(chain(coded_to_display(photo.facts()), to_template), template_to_descriptor_crop(size)), size);
}

}  // namespace reelface
