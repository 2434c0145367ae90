// SPDX-License-Identifier: Apache-2.0
// How far the tracks of a film are from people's photos, as choosing by photo sees it:
// photo_distances TRACKS PHOTO…    one line for each track and photo: track, photo, distance.
#include <cstdio>
#include <exception>

#include "inference/load_models.h"
#include "pipeline/restore/reference_faces.h"
#include "reelface/inference/model_store.h"
#include "reelface/restore/film_tracks.h"

namespace reelface {
namespace {

void print_distances(const std::string& tracks_file, const std::vector<std::string>& photos) {
  const FilmTracks tracks = read_film_tracks(tracks_file);
  const std::shared_ptr<const FaceDescriptor> descriptor =
      load_face_descriptor(ModelStore::from_environment().path_of("descriptor"));
  std::vector<ReferenceFace> references = read_reference_faces(photos, descriptor);
  for (std::size_t photo = 0; photo < photos.size(); ++photo) {
    for (const DescribedTrack& track : tracks.tracks()) {
      if (track.confidence <= 0) continue;
      const double distance = distance_between(track.description, references[photo].seen_at(track.size_px));
      std::printf("%lld %s %.5f\n", static_cast<long long>(track.id), photos[photo].c_str(), distance);
    }
  }
}

}  // namespace
}  // namespace reelface

int main(int count, char** words) {
  if (count < 3) {
    std::fprintf(stderr, "usage: photo_distances TRACKS PHOTO...\n");
    return 2;
  }
  try {
    reelface::print_distances(words[1], {words + 2, words + count});
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "photo_distances: %s\n", error.what());
    return 1;
  }
}
