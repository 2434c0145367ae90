// SPDX-License-Identifier: Apache-2.0
#include "people/face_views.h"

#include <algorithm>

#include "core/finite.h"
#include "faces/crop_quality.h"
#include "image/crop.h"
#include "image/display_geometry.h"
#include "people/descriptor_crop.h"
#include "people/identity_expectation.h"
#include "people/people.h"

namespace reelface {
namespace {

/// Views of which nothing good can be said still count a little against each other.
constexpr double kLeastScore = 0.01;

/// Noise is another one in every frame, the face is the same: where there is much noise, their mean shows who it is.
RgbImageF mean_of(const std::vector<FaceView>& views) {
  RgbImageF mean(views[0].crop.width, views[0].crop.height);
  const float share = 1.0F / static_cast<float>(views.size());
  for (const FaceView& view : views) {
    for (std::size_t sample = 0; sample < mean.samples.size(); ++sample)
      mean.samples[sample] += share * view.crop.samples[sample];
  }
  return mean;
}

/// A network that answers with infinities, or with what is no number, has not said who it is.
bool says_who(const FaceDescription& description) {
  return all_finite(description.data(), description.size());
}

double weight_of(const FaceView& view) {
  return view.confidence * std::max(view.score, kLeastScore);
}

}  // namespace

Affine frame_to_template(const Frame& frame, const TrackedFace& face) {
  return chain(coded_to_display(frame.facts()), Affine{face.alignment.to_template.matrix()});
}

FaceView cut_view(const Frame& frame, const TrackedFace& face, int crop_size) {
  FaceView view;
  view.crop =
      extract_crop(frame, chain(frame_to_template(frame, face), template_to_descriptor_crop(crop_size)), crop_size);
  view.size_px = face.size_px;
  view.confidence = description_confidence(face.size_px, measure_crop_quality(view.crop.view()).sharpness);
  return view;
}

DescribedViews describe_views(const FaceDescriptor& descriptor, std::vector<FaceView> views) {
  const auto tells_nothing = [](const FaceView& view) { return view.confidence <= 0; };
  views.erase(std::remove_if(views.begin(), views.end(), tells_nothing), views.end());
  DescribedViews result;
  if (views.empty()) return result;
  std::vector<RgbViewF> crops;
  crops.reserve(views.size());
  for (const FaceView& view : views) crops.push_back(view.crop.view());
  const std::vector<FaceDescription> descriptions = descriptor.describe(crops);
  std::vector<std::pair<FaceDescription, double>> weighted;
  double total = 0;
  for (std::size_t index = 0; index < views.size(); ++index) {
    if (!says_who(descriptions[index])) continue;
    const FaceView& view = views[index];
    const double weight = weight_of(view);
    weighted.emplace_back(descriptions[index], weight);
    result.confidence = std::max(result.confidence, view.confidence);
    result.size_px += weight * view.size_px;
    total += weight;
  }
  if (weighted.empty()) return result;
  result.size_px /= total;
  if (views.size() > 1) {
    const FaceDescription of_mean = descriptor.describe({mean_of(views).view()}).front();
    if (says_who(of_mean)) weighted.emplace_back(of_mean, total);
  }
  result.description = mean_description(weighted);
  return result;
}

}  // namespace reelface
