// SPDX-License-Identifier: Apache-2.0
#include "pipeline/restore/people_like.h"

#include <set>

#include "pipeline/restore/reference_faces.h"
#include "pipeline/restore/wanted_tracks.h"
#include "pipeline/stages/face_models.h"

namespace reelface {

std::vector<std::int64_t> people_like(const std::string& photo, const std::string& tracks_file) {
  const FilmTracks tracks = read_film_tracks(tracks_file);
  FaceOptions faces;
  faces.reference_faces = {photo};
  std::vector<ReferenceFace> references = read_reference_faces(faces.reference_faces, load_descriptor());
  const std::set<std::int64_t> others = unwanted_tracks(tracks, faces, references);
  std::set<std::int64_t> people;
  for (const DescribedTrack& track : tracks.tracks()) {
    if (track.person > 0 && others.count(track.id) == 0) people.insert(track.person);
  }
  return {people.begin(), people.end()};
}

}  // namespace reelface
