// SPDX-License-Identifier: Apache-2.0
// Mean distance of the face descriptor between a clean video and another of the same size and length:
// identity_distance CLEAN OTHER. Every fifth frame, cut out of both along the points found in the clean one.
#include <cstdio>
#include <exception>
#include <map>

#include "image/crop.h"
#include "image/display_geometry.h"
#include "inference/load_models.h"
#include "reelface/faces/similarity.h"
#include "reelface/inference/model_store.h"
#include "reelface/media/video_reader.h"
#include "reelface/restore/analyze_video.h"

namespace reelface {
namespace {

constexpr std::int64_t kEvery = 5;
/// The descriptor wants these rows and columns of the 512 template.
constexpr double kLeft = 93, kTop = 139, kSide = 326;

std::map<std::int64_t, Similarity> alignments(const std::string& video) {
  RestoreOptions options;
  options.input = video;
  const Analysis analysis = analyze_video(options);
  const AnalyzedTrack* longest = nullptr;
  for (const AnalyzedTrack& track : analysis.tracks) {
    if (!longest || track.faces.size() > longest->faces.size()) longest = &track;
  }
  std::map<std::int64_t, Similarity> result;
  if (!longest) return result;
  for (const AnalyzedFace& face : longest->faces) {
    if (face.frame % kEvery == 0) result[face.frame] = fit_similarity(face.face.points, alignment_template(512));
  }
  return result;
}

std::map<std::int64_t, FaceDescription> describe(const std::string& video, const FaceDescriptor& descriptor,
                                                 const std::map<std::int64_t, Similarity>& places) {
  const double scale = descriptor.crop_size() / kSide;
  const Affine part = Affine::scale_and_move(scale, scale, (0.5 - kLeft) * scale - 0.5, (0.5 - kTop) * scale - 0.5);
  std::map<std::int64_t, FaceDescription> result;
  VideoReader reader(video);
  std::int64_t index = 0;
  while (auto unit = reader.next()) {
    if (!unit->frame) continue;
    const auto place = places.find(index++);
    if (place == places.end()) continue;
    const Affine to_crop = chain(chain(coded_to_display(unit->frame->facts()), Affine{place->second.matrix()}), part);
    const RgbImageF crop = extract_crop(*unit->frame, to_crop, descriptor.crop_size());
    result[place->first] = descriptor.describe({crop.view()}).front();
  }
  return result;
}

double mean_distance(const std::string& clean, const std::string& other) {
  const auto descriptor = load_face_descriptor(ModelStore::from_environment().path_of("descriptor"));
  const std::map<std::int64_t, Similarity> places = alignments(clean);
  const auto wanted = describe(clean, *descriptor, places), seen = describe(other, *descriptor, places);
  double sum = 0;
  for (const auto& [frame, description] : wanted) sum += distance_between(description, seen.at(frame));
  return sum / static_cast<double>(wanted.size());
}

}  // namespace
}  // namespace reelface

int main(int count, char** words) {
  if (count != 3) {
    std::fprintf(stderr, "usage: identity_distance CLEAN OTHER\n");
    return 2;
  }
  try {
    std::printf("%.4f\n", reelface::mean_distance(words[1], words[2]));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "identity_distance: %s\n", error.what());
    return 1;
  }
}
